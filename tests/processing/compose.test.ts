import { afterEach, beforeEach, expect, it } from 'vitest';
import { embassyName } from '../../src/campaign/embassy-name.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { compose } from '../../src/processing/compose.ts';
import type { QueuedMessage } from '../../src/store/outbox.ts';
import { minutes, NOON, openLife } from '../support/submissions.ts';
import { openTestTools, type TestTools } from '../support/tools.ts';

let tools: TestTools;
let moderatorId: string;

beforeEach(async () => {
  tools = await openTestTools();
  moderatorId = (await tools.store.moderators.add('ada@example.org', NOON)).id;
});
afterEach(() => tools.dispose());

/** The next mail that is due, as it would be sent. */
async function nextLetter() {
  const message = (await tools.store.outbox.claim(NOON, 60_000)) as QueuedMessage;
  return (await compose(tools, message))?.letter;
}

it('announces photos in the language the moderator signed in with, also the embassies', async () => {
  await tools.store.moderators.speaks(moderatorId, 'fr');
  await openLife(tools.store).waiting();
  const { embassies } = await tools.store.desk.waiting();
  const embassy = tools.embassies.get(embassies[0]?.slug ?? '');
  const letter = await nextLetter();
  expect(letter?.subject).toBe(sayIn('fr')('mail.digest.subject', { waiting: 1 }));
  expect(letter?.text).toContain(embassy && embassyName(sayIn('fr'), embassy));
});

it('mails a link in the language it was asked for in', async () => {
  await tools.store.moderators.speaks(moderatorId, 'fr');
  await tools.store.outbox.queueSignIn(moderatorId, 'token', NOON, minutes(10), 'az');
  expect((await nextLetter())?.subject).toBe(sayIn('az')('mail.sign-in.subject'));
});

it('invites in the language of who invites, without a word about who that is', async () => {
  const by = moderatorId;
  await tools.store.moderators.add('bo@example.org', NOON, { by, mailIn: 'ru' });
  const letter = await nextLetter();
  expect(letter?.subject).toBe(sayIn('ru')('mail.invitation.subject'));
  expect(letter?.text).toContain('http://localhost:3000/moderation/sign-in');
  expect(letter?.text + (letter?.html ?? '')).not.toMatch(/ada|bo@/);
});

it('writes English to a moderator who never signed in', async () => {
  await tools.store.outbox.queueSignIn(moderatorId, 'token', NOON, minutes(10));
  expect((await nextLetter())?.subject).toBe(sayIn('en')('mail.sign-in.subject'));
});
