import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import type { Say } from '../i18n/say.ts';
import type { Block, Content } from './content.ts';

/**
 * The mail for everybody else. Nothing in it is loaded from anywhere, and nothing in it looks like
 * the campaign: over somebody's shoulder it is a mail about a photo, no more.
 *
 * Colours stand in the elements, because some mail programs drop <style>; those that keep it get
 * the dark ones from there. The CSS must do without quotes and `>`: preact escapes them.
 */
export function toHtml(content: Content, say: Say): string {
  return `<!doctype html>${render(<Document {...content} say={say} />)}`;
}

const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';
const INK = '#1d2433';
const MUTED = '#5a6478';
const ACCENT = '#1f4fd8';
const LINE = '#dde2ec';

const CSS = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .page { padding: 0 !important; }
  .card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; padding: 24px 20px !important; }
  .button { display: block !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #0f131b !important; }
  .card { background: #181e29 !important; border-color: #2b3444 !important; }
  .ink { color: #eef1f7 !important; }
  .muted { color: #a4afc3 !important; }
  .line { border-color: #2b3444 !important; }
  .button { background: #8fb0ff !important; color: #0f1a33 !important; }
  .link { color: #9dbaff !important; }
}
`;

const style = {
  page: `margin: 0; padding: 32px 16px; background: #f3f5f9; font: 16px/1.55 ${FONT};`,
  card: `box-sizing: border-box; max-width: 560px; margin: 0 auto; padding: 32px; background: #ffffff; border: 1px solid ${LINE}; border-radius: 12px;`,
  title: `margin: 0 0 16px; font-size: 24px; line-height: 1.25; font-weight: 700; color: ${INK};`,
  text: `margin: 0 0 16px; color: ${INK};`,
  list: 'margin: 0 0 20px; padding: 0; list-style: none;',
  item: `display: flex; justify-content: space-between; padding: 9px 0; border-top: 1px solid ${LINE}; color: ${INK};`,
  value: 'margin-inline-start: 16px; font-weight: 700;',
  linkLine: 'margin: 24px 0;',
  button: `display: inline-block; padding: 13px 24px; border-radius: 8px; background: ${ACCENT}; color: #ffffff; font-weight: 600; text-decoration: none;`,
  quote: `margin: 0 0 16px; padding: 2px 16px; border-inline-start: 3px solid ${LINE}; white-space: pre-wrap; overflow-wrap: anywhere; color: ${INK};`,
  note: `margin: 16px 0 0; padding: 0; font-size: 14px; color: ${MUTED};`,
  address: `overflow-wrap: anywhere; color: ${ACCENT};`,
};

function Document({ subject, title, blocks, say }: Content & { say: Say }) {
  return (
    <html lang={say.locale} dir={say.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{CSS}</style>
      </head>
      <body class="page" style={style.page}>
        <div class="card" style={style.card}>
          <h1 class="ink" style={style.title}>
            {title}
          </h1>
          {blocks.map(Piece)}
        </div>
      </body>
    </html>
  );
}

function Piece(block: Block): JSX.Element {
  switch (block.kind) {
    case 'text':
      return <Text {...block} />;
    case 'list':
      return <List {...block} />;
    case 'link':
      return <Button {...block} />;
    case 'quote':
      return <Quote {...block} />;
    case 'note':
      return <Note {...block} />;
  }
}

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

function Text({ text }: Of<'text'>) {
  return (
    <p class="ink" style={style.text}>
      {text}
    </p>
  );
}

function List({ items }: Of<'list'>) {
  return (
    <ul style={style.list}>
      {items.map(({ label, value }) => (
        <li class="ink line" style={style.item}>
          <span>{label}</span>
          {value && <span style={style.value}> {value}</span>}
        </li>
      ))}
    </ul>
  );
}

function Button({ label, url }: Of<'link'>) {
  return (
    <p style={style.linkLine}>
      <a class="button" style={style.button} href={url}>
        {label}
      </a>
    </p>
  );
}

function Quote({ from, text }: Of<'quote'>) {
  return (
    <>
      <Text kind="text" text={from} />
      <blockquote class="ink line" style={style.quote} dir="auto">
        {text}
      </blockquote>
    </>
  );
}

function Note({ text, url }: Of<'note'>) {
  return (
    <p class="muted" style={style.note}>
      {text}
      {url !== undefined && ' '}
      {url !== undefined && (
        <a class="link" style={style.address} href={url}>
          {url}
        </a>
      )}
    </p>
  );
}
