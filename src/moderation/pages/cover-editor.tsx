import type { Say } from '../../i18n/say.ts';
import { CoverTools } from '../../web/components/cover-tools.tsx';
import { Field } from '../../web/components/form.tsx';
import { actionOf, type DecisionProps, Hidden } from './decision-form.tsx';
import { mayCover, type QueueItem } from './item.ts';

const NUMBERS = ['x', 'y', 'width', 'height'] as const;

/**
 * Painting areas of the photo over. Without scripts: one area at a time, in numbers. Scripts
 * (`browser/moderator/cover.ts`) put the stage in the place of the numbers.
 */
export function CoverEditor(props: DecisionProps & { open?: boolean }) {
  const { page, item, open } = props;
  const { say } = page;
  if (!item.photo || !mayCover(item)) return null;
  if (item.painting) {
    return (
      <p class="notice" role="status">
        {say('cover.painting')}
      </p>
    );
  }
  return (
    <details class="cover-editor" data-part="cover-editor" open={open}>
      <summary>{say('cover.title')}</summary>
      <form class="cover" method="post" action={actionOf(props, 'covers')}>
        <Hidden {...props} />
        <input type="hidden" name="areas" data-part="areas" autoComplete="off" />
        <div data-part="drawing" hidden>
          <p class="hint">{say('cover.draw')}</p>
          <Stage say={say} photo={item.photo} />
          <CoverTools say={say} heading="h2" />
        </div>
        <Numbers say={say} />
        {item.state === 'approved' && <p class="hint">{say('cover.public')}</p>}
        <div class="cover-bar">
          <p class="hint" data-part="cover-status" role="status">
            {say('cover.text')}
          </p>
          <button type="submit">{say('cover.submit')}</button>
        </div>
      </form>
    </details>
  );
}

/** The picture in a window of its own: zoomed in, it is moved in there. */
function Stage({ say, photo }: { say: Say; photo: NonNullable<QueueItem['photo']> }) {
  const { url, width, height } = photo;
  return (
    <>
      <section class="window" data-part="window" aria-label={say('cover.stage')}>
        <div class="stage" data-part="stage">
          <img
            data-part="subject"
            src={url}
            width={width}
            height={height}
            alt={say('submission.photo-alt')}
            loading="lazy"
            draggable={false}
          />
        </div>
      </section>
      <p class="tools zoom">
        <ZoomButton part="zoom-out" label={say('cover.zoom-out')} sign="−" disabled />
        <ZoomButton part="zoom-in" label={say('cover.zoom-in')} sign="+" />
        <button type="button" class="second" data-part="hand" aria-pressed="false" disabled>
          {say('cover.hand')}
        </button>
      </p>
    </>
  );
}

interface ZoomButtonProps {
  part: string;
  label: string;
  sign: string;
  disabled?: boolean;
}

function ZoomButton({ part, label, sign, disabled }: ZoomButtonProps) {
  return (
    <button type="button" class="second" data-part={part} aria-label={label} disabled={disabled}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

function Numbers({ say }: { say: Say }) {
  return (
    <fieldset class="numbers" data-part="numbers">
      <legend>{say('cover.numbers')}</legend>
      {NUMBERS.map((name) => (
        <Field key={name} name={name} label={say(`cover.${name}`)}>
          {(control) => <input {...control} type="number" min="0" max="100" step="any" required />}
        </Field>
      ))}
    </fieldset>
  );
}
