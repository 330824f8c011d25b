import { EXPOSURES, type Exposure, isLowerExposure } from '../../submission/exposure.ts';
import type { Trace } from '../../submission/photo.ts';
import type { RefusalCode } from '../../submission/refusals.ts';
import type { RejectionReason, State } from '../../submission/states.ts';
import { Facts } from '../../web/components/facts.tsx';
import { RemovedList } from '../../web/components/findings.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface StatusPageProps {
  page: PageContext;
  receipt: string;
  state: State;
  embassyName: string;
  city: string;
  exposure: Exposure;
  /** Why people rejected it. */
  reason?: RejectionReason | undefined;
  /** A moderator's own words. */
  reply?: string | undefined;
  /** Why the machine refused it. */
  refusal?: RefusalCode | undefined;
  removed: readonly Trace[];
  /** The exposure was lowered just now. */
  lowered?: boolean;
}

export function StatusPage(props: StatusPageProps) {
  const { page, state, embassyName, city, exposure, removed, lowered } = props;
  const { say } = page;
  const open = state === 'received' || state === 'waiting' || state === 'approved';
  return (
    <Layout page={{ ...page, path: '/receipt' }} title={say('status.title')}>
      {lowered && (
        <p class="notice done" role="status">
          {say('status.lowered')}
        </p>
      )}
      <h1>{say('status.title')}</h1>
      <section class={`state ${state}`}>
        <h2>{say(`state.${state}`)}</h2>
        {!hasEnded(props) && <p>{say(`state.${state}.next`)}</p>}
        <Why {...props} />
      </section>
      <Facts
        facts={[
          [say('send.embassy.label'), embassyName],
          [say('send.city.label'), city],
          [say('send.exposure.label'), say(`exposure.${exposure}`)],
        ]}
      />
      {open && exposure !== 'counted' && <LowerExposure {...props} />}
      {state !== 'withdrawn' && <Withdraw {...props} />}
      {state === 'waiting' && (
        <section>
          <h2>{say('removed.title')}</h2>
          <RemovedList say={say} removed={removed} />
        </section>
      )}
    </Layout>
  );
}

/** It was not the photo's fault. */
function hasEnded({ refusal }: StatusPageProps): boolean {
  return refusal === 'campaign-over' || refusal === 'campaign-stopped';
}

/** The reason of a "no" and the way to a better photo. */
function Why(props: StatusPageProps) {
  const { page, state, reason, reply, refusal } = props;
  const { say } = page;
  if (state !== 'rejected' && state !== 'refused') return null;
  return (
    <>
      {reason && <p>{say(`reason.${reason}.kind`)}</p>}
      {refusal && <p>{say(`refusal.${refusal}.detail`)}</p>}
      {reply && (
        <blockquote dir="auto">
          <p>{reply}</p>
        </blockquote>
      )}
      {!hasEnded(props) && (
        <p class="actions">
          <a class="button" href={href(page, '/send')}>
            {say('sent.another')}
          </a>
        </p>
      )}
    </>
  );
}

function LowerExposure({ page, receipt, exposure }: StatusPageProps) {
  const { say } = page;
  return (
    <section>
      <h2>{say('status.lower.title')}</h2>
      <p>{say('status.lower.text')}</p>
      <form class="ways" method="post" action={href(page, '/receipt/exposure')} autoComplete="off">
        <input type="hidden" name="receipt" value={receipt} autoComplete="off" />
        {EXPOSURES.filter((level) => isLowerExposure(exposure, level)).map((level) => (
          <div key={level}>
            <button
              class="second"
              type="submit"
              name="exposure"
              value={level}
              aria-describedby={`lower-${level}`}
            >
              {say(`status.lower.${level as 'covered' | 'counted'}`)}
            </button>
            <p class="hint" id={`lower-${level}`}>
              {say(`exposure.${level}.explained`)}
            </p>
          </div>
        ))}
      </form>
    </section>
  );
}

function Withdraw({ page, receipt }: StatusPageProps) {
  const { say } = page;
  return (
    <section>
      <h2>{say('status.withdraw.title')}</h2>
      <p>{say('status.withdraw.text')}</p>
      <form method="post" action={href(page, '/receipt/withdrawal')} autoComplete="off">
        <input type="hidden" name="receipt" value={receipt} autoComplete="off" />
        <button class="danger" type="submit">
          {say('status.withdraw.submit')}
        </button>
      </form>
    </section>
  );
}
