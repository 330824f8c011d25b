import { connect, type Socket } from 'node:net';

/** Where a conversation can go wrong, in its order. */
export type Stage = 'connect' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'dot';

export interface Faults {
  hang?: Stage;
  drop?: Stage;
  trickle?: boolean;
}

export interface TapOptions {
  /** Of the SMTP server behind the tap. */
  port: number;
  /** TLS from the first byte: nothing to read along. */
  encrypted: boolean;
  faults(): Faults;
  transcript: string[];
}

const COMMANDS: [RegExp, Stage][] = [
  [/^(EHLO|HELO)\b/i, 'ehlo'],
  [/^MAIL\b/i, 'mail'],
  [/^RCPT\b/i, 'rcpt'],
];

/**
 * Stands between client and SMTP server, writes down every line, and falls silent, hangs up or
 * slows down on demand: what no server library does on purpose.
 */
export function tap({ port, encrypted, faults, transcript }: TapOptions) {
  return (client: Socket) => {
    client.setNoDelay(true);
    client.on('error', () => {});
    if (faults().drop === 'connect') return void client.destroy();
    if (faults().hang === 'connect') return void client.resume();
    const server = connect({ port, host: '127.0.0.1', noDelay: true });
    server.on('error', () => client.destroy());
    server.on('close', () => client.end());
    client.on('close', () => server.destroy());
    if (encrypted) return void client.pipe(server).pipe(client);

    const talk = conversation(faults);
    const say = writer(client, faults);
    eachLine(server, talk.encrypted, (line) => {
      if (!talk.encrypted()) transcript.push(`S: ${line.trimEnd()}`);
      talk.answered(line);
      if (talk.state() === 'dropped') client.destroy();
      if (talk.state() === 'open') say(line);
    });
    eachLine(client, talk.encrypted, (line) => {
      if (!talk.encrypted()) transcript.push(`C: ${line.trimEnd()}`);
      if (talk.passes(line)) server.write(line, 'latin1');
      if (talk.state() === 'dropped') client.destroy();
    });
  };
}

/** Follows one connection: which stage it is in, and whether a fault has befallen it. */
function conversation(faults: () => Faults) {
  let phase: 'commands' | 'body' | 'encrypted' = 'commands';
  let state: 'open' | 'silent' | 'dropping' | 'dropped' = 'open';
  let upgrading = false;

  function stageOf(line: string): Stage | undefined {
    if (phase !== 'body') return COMMANDS.find(([command]) => command.test(line))?.[1];
    return line === '.\r\n' ? 'dot' : 'data';
  }

  return {
    encrypted: () => phase === 'encrypted',
    state: () => state,
    answered(line: string) {
      if (state === 'dropping') state = 'dropped';
      if (line.startsWith('354')) phase = 'body';
      if (upgrading) phase = line.startsWith('220') ? 'encrypted' : phase;
      upgrading = false;
    },
    /** Whether the server gets to see this line of the client. */
    passes(line: string): boolean {
      if (phase === 'encrypted') return true;
      if (state !== 'open') return false;
      upgrading = /^STARTTLS/i.test(line);
      const stage = stageOf(line);
      if (stage === 'dot') phase = 'commands';
      if (stage && faults().hang === stage) state = 'silent';
      // After the dot the server first takes the message; the client is cut off from its answer.
      if (stage && faults().drop === stage) state = stage === 'dot' ? 'dropping' : 'dropped';
      return state === 'open' || stage === 'dot';
    },
  };
}

function eachLine(socket: Socket, encrypted: () => boolean, each: (line: string) => void) {
  let rest = '';
  socket.on('data', (chunk) => {
    if (encrypted()) return each(chunk.toString('latin1'));
    const lines = (rest + chunk.toString('latin1')).split(/(?<=\n)/);
    rest = lines.at(-1)?.endsWith('\n') ? '' : (lines.pop() ?? '');
    for (const line of lines) each(line);
  });
}

function writer(client: Socket, faults: () => Faults) {
  let queue = '';
  const tick = setInterval(() => {
    if (queue) client.write(queue.charAt(0), 'latin1');
    queue = queue.slice(1);
  }, 1000);
  client.on('close', () => clearInterval(tick));
  return (line: string) => {
    if (faults().trickle || queue) queue += line;
    else client.write(line, 'latin1');
  };
}
