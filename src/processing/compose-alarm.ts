import type { Say } from '../i18n/say.ts';
import { type AlarmFacts, alarm } from '../mail/messages/alarm.ts';
import type { Alarm } from '../store/messages.ts';
import type { Tools } from './tools.ts';

/** Where somebody looks first. */
const PAGES: Record<Alarm['about'], string> = {
  mail: '/moderation/outbox',
  age: '/moderation',
  disk: '/moderation',
  line: '/moderation',
  brake: '/moderation/log',
  webhook: '/moderation/webhooks',
};

/** Writes an alarm, with colleagues by their addresses. */
export async function composeAlarm(tools: Tools, told: Alarm, say: Say) {
  return alarm(await factsOf(tools, told), tools.publicUrl + PAGES[told.about], say);
}

async function factsOf(tools: Tools, told: Alarm): Promise<AlarmFacts> {
  switch (told.about) {
    case 'mail':
      return { ...told, addresses: await addressesOf(tools, told.moderators) };
    case 'brake': {
      const [address = ''] = await addressesOf(tools, [told.moderatorId]);
      return { about: 'brake', address };
    }
    default:
      return told;
  }
}

async function addressesOf({ store }: Tools, ids: string[]): Promise<string[]> {
  return [...(await store.moderators.names(ids)).values()];
}
