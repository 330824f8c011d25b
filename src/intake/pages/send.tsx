import { campaign } from '../../campaign/campaign.ts';
import { ErrorSummary } from '../../web/components/form.tsx';
import { Words } from '../../web/components/words.tsx';
import { Layout } from '../../web/layout.tsx';
import { href } from '../../web/page.ts';
import { ConsentFields, PhotoField } from './send-consent.tsx';
import { PhotoDesk } from './send-desk.tsx';
import { FIELDS, PeopleFields, PlaceFields, type SendPageProps } from './send-fields.tsx';
import {
  FinderTemplate,
  RefusedTemplate,
  SendingTemplate,
  UnsentTemplate,
} from './send-progress.tsx';
import { SentTemplate } from './sent.tsx';
import { WORDS } from './words.ts';

export function SendPage(props: SendPageProps) {
  const { page, values, refusal, idempotencyKey } = props;
  const { say } = page;
  const labels = Object.fromEntries(FIELDS.map((name) => [name, say(`send.${name}.label`)]));
  const title = refusal ? say('send.title-refused') : say('send.title');
  return (
    <Layout page={page} title={title} script="supporter">
      {refusal && <ErrorSummary say={say} refusal={refusal} labels={labels} />}
      {refusal?.code === 'wait-needed' && (
        <p class="notice">{say('send.wait-turn', { seconds: refusal.retryAfter ?? 0 })}</p>
      )}
      <h1>{say('send.title')}</h1>
      <p class="lead">{say('send.lead', { slogan: campaign.slogan })}</p>
      <form method="post" action={href(page, '/send')} encType="multipart/form-data">
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        {values.ticket && <input type="hidden" name="ticket" value={values.ticket} />}
        <input type="hidden" name="locale" value={say.locale} />
        <PlaceFields {...props} />
        <PeopleFields {...props} />
        <ConsentFields {...props} />
        <PhotoField {...props} />
        <p class="hint">{say('send.wait')}</p>
        <button type="submit">{say('send.submit')}</button>
      </form>
      <FinderTemplate say={say} />
      <PhotoDesk say={say} />
      <RefusedTemplate say={say} />
      <SendingTemplate say={say} />
      <UnsentTemplate say={say} />
      <SentTemplate page={page} />
      <Words say={say} words={WORDS} />
    </Layout>
  );
}
