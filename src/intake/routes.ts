import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mayShowBlobs, privateAnswer } from '../web/headers.ts';
import { challengeSchema } from '../web/proofs.ts';
import { problemSchema } from '../web/schemas.ts';
import { exposureBody, intakeApi, receivedSchema, statusSchema } from './api.ts';
import { intakeForms } from './forms.tsx';
import { CHALLENGE_PATH } from './gate.ts';
import { MAX_BODY_BYTES } from './parts.ts';
import { slowGuesses } from './slow-guesses.ts';
import type { IntakeTools } from './tools.ts';

const tags = ['supporters'];
const security = [{ receipt: [] }];
/** What the forms about a photo post, each field once. */
const receiptForm = z.object({
  receipt: z.string().default(''),
  exposure: z.string().optional(),
  confirmed: z.string().optional(),
});
const uploadLimit = { bodyLimit: MAX_BODY_BYTES };

/** Everything a supporter can do. None of it is cached, and none of it needs a cookie. */
export const intakeRoutes: FastifyPluginAsyncZod<IntakeTools> = async (app, tools) => {
  await app.register(multipart);
  app.addHook('onRequest', privateAnswer);
  slowGuesses(app);
  const api = intakeApi(tools);
  const forms = intakeForms(tools);

  app.get('/send', { onRequest: mayShowBlobs }, forms.send);
  app.post('/send', { ...uploadLimit, onRequest: mayShowBlobs }, forms.submit);
  app.get('/receipt', forms.ask);
  const form = { schema: { body: receiptForm, hide: true } };
  app.post('/receipt', form, forms.status);
  app.post('/receipt/exposure', form, forms.lower);
  app.post('/receipt/withdrawal', form, forms.withdraw);

  app.post(
    '/api/v1/submissions',
    {
      ...uploadLimit,
      schema: {
        tags,
        summary: 'Send a photo',
        description: SUBMISSION_TEXT,
        consumes: ['multipart/form-data'],
        response: { 201: receivedSchema, 202: receivedSchema, default: problemSchema },
      },
    },
    api.submit,
  );
  app.get(
    CHALLENGE_PATH,
    {
      schema: {
        tags,
        summary: 'A puzzle to solve before a photo is sent, when that is asked for',
        description: CHALLENGE_TEXT,
        response: { 200: challengeSchema, default: problemSchema },
      },
    },
    api.challenge,
  );
  app.get(
    '/api/v1/receipt',
    {
      schema: {
        tags,
        security,
        summary: 'What became of the photo',
        response: { 200: statusSchema, default: problemSchema },
      },
    },
    api.status,
  );
  app.patch(
    '/api/v1/receipt',
    {
      schema: {
        tags,
        security,
        summary: 'Lower the exposure',
        body: exposureBody,
        response: { 200: statusSchema, default: problemSchema },
      },
    },
    api.lower,
  );
  app.delete(
    '/api/v1/receipt',
    {
      schema: {
        tags,
        security,
        summary: 'Take the photo back',
        response: { 204: z.null(), default: problemSchema },
      },
    },
    api.withdraw,
  );
};

const SUBMISSION_TEXT = `A \`multipart/form-data\` body with the fields in any order:

| field | | |
|---|---|---|
| \`photo\` | file | JPEG, PNG, WebP, AVIF or HEIC, at most 20 MB |
| \`embassy\` | required | slug of an embassy, see \`/api/v1/embassies\` |
| \`city\` | required | at most 80 characters |
| \`consent\` | required | \`yes\`: everybody in the picture agrees |
| \`exposure\` | | \`shown\` (default), \`covered\` or \`counted\` |
| \`participant\` | | \`person\` (default) or \`organisation\` |
| \`name\`, \`message\` | | at most 80 and 500 characters |
| \`email\` | | told the decision, then erased |
| \`covers\` | | JSON array of areas \`{x, y, width, height}\` in fractions, painted solid |

An \`Idempotency-Key\` header (16 to 255 visible characters, random) makes a repeated request the same submission.
\`429\` with the code \`proof-needed\`: very many photos arrive; solve the puzzle of \`${CHALLENGE_PATH}\` and send its answer along.
\`201\`: the photo is checked and waits for moderators. \`202\`: it is safe and will be checked a little later.`;

const CHALLENGE_TEXT = `Only needed while very many photos arrive, from one address or from everybody.
The answer is the JSON \`{challenge, solution: {counter, derivedKey}}\` of ALTCHA in base64, in the header \`Altcha\` of \`POST /api/v1/submissions\`. It is good once, for ten minutes, from the address that asked.`;
