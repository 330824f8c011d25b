import { type ChildProcess, fork } from 'node:child_process';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { FONT_CONFIG } from './lettering-font.ts';
import { watchMemory } from './memory.ts';
import { type Answer, type Message, PHOTOS_FD, type Request } from './protocol.ts';

/** The child crashed, was killed, or overran its time or memory. What it was asked may be asked again. */
export class WorkerLost extends Error {
  override name = 'WorkerLost';
}

/** One child process that answers one request at a time. */
export interface Child {
  /**
   * Resolves when the child can be asked.
   * @throws WorkerLost when it ends before that.
   */
  ready: Promise<unknown>;
  /**
   * Resolves with the answer to a request; only one may be under way. The child is killed when it
   * takes more than so many MB for it.
   * @throws WorkerLost when the child ends before it has answered.
   */
  ask(request: Request, megabytes: number): Promise<Answer>;
  alive(): boolean;
  /** Ends the process at once; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface ChildOptions {
  /** Milliseconds one request may take. */
  timeoutMs: number;
  /** Scheduling priority as `nice` counts it: 0 is normal, 19 gives way to everybody. */
  niceness: number;
}

/** From the sources (development, tests) the child needs the same loader as we do. */
const fromSources = import.meta.url.endsWith('.ts');
const entry = fileURLToPath(new URL(fromSources ? './worker.ts' : './worker.js', import.meta.url));

/** Starts a child that knows nothing of ours: no secrets in its environment, nothing of our log. */
export function startChild({ timeoutMs, niceness }: ChildOptions): Child {
  const child = fork(entry, [String(niceness)], {
    execArgv: fromSources ? ['--import', 'tsx'] : [],
    cwd: dirname(entry),
    env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2', FONTCONFIG_FILE: FONT_CONFIG },
    serialization: 'advanced',
    // GLib and libheif write about strangers' files; none of it is for our log.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
  });
  const photos = child.stdio[PHOTOS_FD] as Writable;
  photos.on('error', ignoreError);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  return {
    ready: nextAnswer(child),
    async ask(request, megabytes) {
      const kill = () => void child.kill('SIGKILL');
      const overrun = setTimeout(kill, timeoutMs);
      const stopWatching = watchMemory(child.pid ?? 0, megabytes, kill);
      const answer = nextAnswer(child);
      const { message, photo } = toSend(request);
      child.send(message, ignoreError);
      if (photo) photos.write(photo);
      return answer.finally(() => {
        clearTimeout(overrun);
        stopWatching();
      });
    },
    alive: () => child.connected,
    kill() {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

/** A request that cannot be sent is answered by the child's end. */
function ignoreError(): void {}

/** A stranger's photo goes beside the message: within it both sides would hold it three times. */
function toSend(request: Request): { message: Message; photo?: Buffer } {
  if (request.kind !== 'clean') return { message: request };
  const { photo, covers } = request.job;
  return { message: { ...request, job: { covers, bytes: photo.length } }, photo };
}

function nextAnswer(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: Answer) => {
      stop();
      resolve(answer);
    };
    const onEnd = () => {
      stop();
      reject(new WorkerLost());
    };
    const stop = () => {
      child.off('message', onMessage).off('exit', onEnd).off('error', onEnd);
    };
    child.on('message', onMessage).on('exit', onEnd).on('error', onEnd);
  });
}
