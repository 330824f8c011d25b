import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, eventually } from './http.ts';

export const hasNginx = spawnSync('nginx', ['-v']).status === 0;

export interface Nginx {
  /** Where its configuration, cache, logs and the onion's socket (`onion.sock`) lie. */
  folder: string;
  stop(): Promise<void>;
}

export interface NginxOptions {
  port: number;
  /** Addresses of the processes behind it. */
  processes: string[];
  /** The folder of published photos, where there is one. */
  uploads?: string;
}

/** Starts nginx, set up as the README says, on a loopback port. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'compete-nginx-'));
  const file = join(folder, 'nginx.conf');
  await writeFile(file, await configure(folder, options));
  const nginx = spawn('nginx', ['-p', folder, '-c', file], { stdio: 'inherit' });
  await eventually(() =>
    ask(`http://127.0.0.1:${options.port}/health/live`).then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  return {
    folder,
    async stop() {
      nginx.kill();
      if (nginx.exitCode === null) await once(nginx, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The lines of the README, for other names, ports and folders. */
async function configure(folder: string, { port, processes, uploads }: NginxOptions) {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/```nginx\n([\s\S]*?)```/g)].map(([, lines]) => lines);
  const servers = processes.map((url) => `server ${new URL(url).host} fail_timeout=5s;`).join(' ');
  const own = blocks
    .join('')
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
    .replaceAll('http://127.0.0.1:3000', 'http://service')
    .replace(/( *server 127[.].*\n)+/, `${servers}\n`)
    .replace('/srv/photos/uploads', uploads ?? folder)
    .replace('/run/photos-onion.sock', join(folder, 'onion.sock'))
    .replace('/var/cache/nginx/photos', join(folder, 'cache'));
  // Tests run as root; the service of the tests keeps its folder to its own user.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `${user} daemon off; pid ${folder}/pid; error_log ${folder}/start.log;
    events { worker_connections 4096; }
    http { include /etc/nginx/mime.types; client_body_temp_path ${folder}/body; ${own} }`;
}
