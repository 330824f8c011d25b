import type { Say } from '../../i18n/say.ts';
import type { Snippets } from '../embed/kit-snippets.ts';

const WAYS = ['element', 'frame', 'feed', 'html'] as const;
const [FEWEST_ROWS, MOST_ROWS] = [2, 12];
/** Signs in a row on a phone. */
const ROW = 40;

/** Each way with what it is good for, and what to copy. */
export function KitSnippets({ say, snippets }: { say: Say; snippets: Snippets }) {
  const { element, frame, html, rss, json } = snippets;
  const codes = {
    element: [{ name: 'element', label: say('kit.code'), text: element }],
    frame: [{ name: 'frame', label: say('kit.code'), text: frame }],
    feed: [
      { name: 'rss', label: 'RSS 2.0', text: rss },
      { name: 'json', label: 'JSON Feed 1.1', text: json },
    ],
    html: [{ name: 'html', label: say('kit.code'), text: html }],
  };
  return (
    <div class="kit-ways">
      {WAYS.map((way) => (
        <section key={way} class="group">
          <h3>{say(`kit.${way}.title`)}</h3>
          <p>{say(`kit.${way}.text`)}</p>
          {codes[way].map((code) => (
            <Code key={code.name} say={say} {...code} />
          ))}
        </section>
      ))}
    </div>
  );
}

interface CodeProps {
  say: Say;
  name: string;
  label: string;
  text: string;
}

export function Code({ say, name, label, text }: CodeProps) {
  const id = `code-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} class="code" readOnly spellcheck={false} rows={rowsOf(text)} value={text} />
      <div class="copy">
        <button type="button" class="second" hidden data-copy={id} data-copied={say('kit.copied')}>
          {say('kit.copy')}
        </button>
        <span role="status" />
      </div>
    </div>
  );
}

function rowsOf(text: string): number {
  const rows = text.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / ROW), 0);
  return Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, rows));
}
