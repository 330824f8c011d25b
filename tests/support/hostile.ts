/** How many strings there are. */
export const HOSTILE_COUNT = 515;

/** What strangers may try to break out of a page, a feed or a data file with. */
const SEEDS = [
  ...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg/onload=alert(1)>', '</p>'],
  ...[
    '"><b>',
    "'><b>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    '<!--',
    '-->',
    '<![CDATA[',
  ],
  ...[']]>', ']]]]><![CDATA[>', '<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY y "z">]>', '&y;'],
  ...['&amp;', '&lt;script&gt;', '&#0;', '&#x1F;', '&nbsp;', '&', '&&', '&;', '&#', '&#xD800;'],
  ...['</title><script>', '</description></item></channel></rss>', '<item>', '</a><a href=//evil>'],
  ...['javascript:alert(1)', 'data:text/html,<script>', 'https://evil.example/', '//evil.example'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template engine would fill in
  ...['{{7*7}}', '${7*7}', '<%= 7*7 %>', '#{7*7}', '{% raw %}', '[[x]]', '$(id)', '`id`', '%s%n'],
  ...[
    "'; DROP TABLE x; --",
    '" OR 1=1',
    '\\',
    '\\"',
    '\\u003cscript\\u003e',
    '\\x3c',
    '\u2028\u2029',
  ],
  ...['\0', 'a\0b', '\u0001\u0008', '\u000b\u000c', '\u001b[31m', '\u007f', '\u0085', '\u009f'],
  ...['\ud800', '\udfff', 'a\ud83d', '\udc00\ud800', '\ufffe', '\uffff', '\ufffd', '\ufdd0'],
  ...[
    '\u202eevil',
    '\u2066a\u2067b',
    '\u200f',
    '\u200b',
    '\ufeff',
    '\u00ad',
    'e\u0301\u0301\u0301',
  ],
  ...['\r\n\r\n', '\r', '\t', ' ', '\n<b>\n', 'x'.repeat(80), 'ﷺ'.repeat(20), '👩‍👩‍👧‍👦', '🏳️‍🌈'],
  ...[
    '__proto__',
    'constructor',
    'null',
    'undefined',
    'NaN',
    'true',
    '0',
    '-1',
    '1e400',
    '[object]',
  ],
  ...[
    '..%2f..%2f',
    '%00',
    '%3Cscript%3E',
    '+ADw-script+AD4-',
    '＜script＞',
    'ʼ onload=',
    '¼script¾',
  ],
];

/** Seeds alone, then pairs of them, none twice. */
export function hostileStrings(): string[] {
  const strings = new Set(SEEDS);
  for (let step = 1; strings.size < HOSTILE_COUNT; step++) {
    for (const [at, seed] of SEEDS.entries()) {
      if (strings.size < HOSTILE_COUNT) strings.add(seed + SEEDS[(at + step) % SEEDS.length]);
    }
  }
  return [...strings];
}
