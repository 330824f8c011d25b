import { readConfig, readEnvironment } from '../config.ts';
import { openKeys } from '../keys.ts';
import { examine, type Finding } from '../operations/checkup.ts';
import { openData, openTakenBackList, openWritablePhotos } from '../resources.ts';
import { openTakenBack } from '../store/taken-back.ts';

/** Says how the installation is, a line for each thing looked at. Exits with 1 when one is bad. */
export async function doctor(): Promise<void> {
  const config = readConfig(readEnvironment());
  const keys = openKeys(config.secretKey);
  const photos = await openWritablePhotos(config, keys);
  const takenBack = await openTakenBack(openTakenBackList(config), keys);
  const { database, store, now } = await openData(config, keys);
  try {
    const findings = await examine({
      ...{ config, database, store, photos, takenBack, now },
    });
    console.log(findings.map(tell).join('\n'));
    if (findings.some(({ bad }) => bad.length > 0)) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

function tell({ about, bad, mind }: Finding): string {
  const verdict = bad.length > 0 ? 'BAD' : mind.length > 0 ? 'mind' : 'good';
  return [
    `${verdict.padEnd(4)}  ${about}`,
    ...[...bad, ...mind].map((line) => `      ${line}`),
  ].join('\n');
}
