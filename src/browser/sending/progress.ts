import { part, percent, templateElement, word } from '../page.ts';
import type { Stage } from './deliver.ts';

/** Steps a screen reader hears of. */
const SAID = 0.1;

interface ProgressEvents {
  now(): void;
  cancel(): void;
}

/** The progress of sending: a bar for the eyes, and a sentence now and then for everybody. */
export function openProgress(events: ProgressEvents) {
  const section = templateElement('sending');
  const bar = part<HTMLProgressElement>(section, 'bar');
  const status = part(section, 'status');
  const now = part(section, 'now');
  let said = -1;
  status.textContent = word('browser.sending.preparing');
  now.addEventListener('click', events.now);
  part(section, 'cancel').addEventListener('click', events.cancel);

  const words = {
    sending: ({ part: sent }: Extract<Stage, { stage: 'sending' }>): string | undefined => {
      // Without a value it moves by itself: the service is at work.
      if (sent < 1) bar.value = sent * 100;
      else bar.removeAttribute('value');
      const step = Math.floor(sent / SAID);
      if (step === said) return undefined;
      said = step;
      if (sent >= 1) return word('browser.sending.checking');
      return word('browser.sending.progress', { percent: percent(step * SAID) });
    },
    waiting: ({ seconds, busy }: Extract<Stage, { stage: 'waiting' }>) =>
      word(busy ? 'browser.sending.busy' : 'browser.sending.again', { seconds }),
    proving: () => word('browser.sending.proving'),
    offline: () => word('browser.sending.offline'),
  };

  return {
    section,
    heading: section.querySelector('h2') as HTMLElement,
    tell(stage: Stage): void {
      now.hidden = stage.stage === 'sending' || stage.stage === 'proving';
      if (stage.stage !== 'sending') {
        said = -1;
        bar.removeAttribute('value');
      }
      // One function per stage; TypeScript does not see that they fit.
      const text = (words[stage.stage] as (stage: Stage) => string | undefined)(stage);
      if (text !== undefined) status.textContent = text;
    },
  };
}
