import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

/** The least a program can do to send a list: the bytes of a file, from memory. Prints its address. */
const body = readFileSync(process.argv[2] ?? '', 'utf8');
const app = Fastify();
app.get('/api/v1/gallery', (_request, reply) => {
  reply.type('application/json; charset=utf-8').send(body);
});
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
