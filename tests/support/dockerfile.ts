import { readFileSync } from 'node:fs';

/** One line of the Dockerfile, such as `RUN` with what it runs. */
export interface Instruction {
  word: string;
  rest: string;
}

/** What the last stage of `deploy/Dockerfile` says about running. */
export interface Image {
  /** Its instructions, in their order. */
  steps: Instruction[];
  environment: Record<string, string>;
  volume: string;
  folder: string;
  /** Numbers: user and group. */
  user: [string, string];
  stopSignal: string;
  /** The health check's command. */
  health: string[];
  program: string[];
  command: string[];
}

const file = new URL('../../deploy/Dockerfile', import.meta.url);

/** The stages of the Dockerfile, each from its `FROM` on. */
export function readStages(): Instruction[][] {
  const lines = readFileSync(file, 'utf8').replaceAll('\\\n', '').split('\n');
  const stages: Instruction[][] = [];
  for (const line of lines.filter((each) => /^[A-Z]/.test(each))) {
    const [word = ''] = line.split(' ', 1);
    if (word === 'FROM') stages.push([]);
    stages.at(-1)?.push({ word, rest: line.slice(word.length + 1) });
  }
  return stages;
}

export function readImage(): Image {
  const steps = readStages().at(-1) ?? [];
  const say = (word: string) => steps.findLast((step) => step.word === word)?.rest ?? '';
  const list = (word: string) => JSON.parse(say(word)) as string[];
  const [user = '', group = ''] = say('USER').split(':');
  return {
    steps,
    environment: Object.fromEntries(
      say('ENV')
        .split(' ')
        .map((each) => each.split('=')),
    ),
    volume: say('VOLUME'),
    folder: say('WORKDIR'),
    user: [user, group],
    stopSignal: say('STOPSIGNAL'),
    health: JSON.parse(say('HEALTHCHECK').replace(/^.*? CMD /, '')) as string[],
    program: list('ENTRYPOINT'),
    command: list('CMD'),
  };
}
