import { S3mini, S3ServiceError } from 's3mini';
import type { BucketSettings } from '../config.ts';
import { openBucket } from './bucket.ts';
import { patientFetch } from './bucket-fetch.ts';
import { PRIVATE } from './photo-names.ts';

const PROBE = `${PRIVATE}probe-for-strangers`;

/** What speaks against a bucket, in sentences: what strangers may do there, and what it keeps. */
export async function findBucketFaults(settings: BucketSettings): Promise<string[]> {
  const { bucket, prefix } = settings;
  const probe = openBucket(settings);
  await probe.put(PROBE, Buffer.from('probe'));
  const stranger = open({ ...settings, accessKeyId: '', secretAccessKey: '' });
  const [reads, lists, versions] = await Promise.all([
    isGiven(() => stranger.getObjectRaw(prefix + PROBE)),
    isGiven(() => stranger.listObjectsPaged('/', prefix, 1)),
    open(settings).getBucketVersioning().catch(unknown),
  ]);
  await probe.remove([PROBE]);
  return [
    ...(reads ? [`Anybody can read what lies below ${PRIVATE} in ${bucket}.`] : []),
    ...(lists ? [`Anybody can list ${bucket}: the names in it are no secret.`] : []),
    ...(versions === 'Enabled'
      ? [`${bucket} keeps old versions: withdrawn photos live on in them. Switch versioning off.`]
      : []),
  ];
}

function open({ endpoint, bucket, ...settings }: BucketSettings): S3mini {
  const patient = patientFetch({ untilAnswer: false });
  return new S3mini({ ...settings, endpoint: `${endpoint}/${bucket}`, fetch: patient });
}

/** Whether something is given to who asks; a refusal is no trouble here. */
async function isGiven(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await ask()) !== null;
  } catch (error) {
    if (error instanceof S3ServiceError) return false;
    throw error;
  }
}

/** Not every store knows of versions. */
function unknown(): 'Off' {
  return 'Off';
}
