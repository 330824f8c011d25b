import { randomInt } from 'node:crypto';
import { type Answer, ask, eventually, fieldParts, multipart } from './http.ts';
import { FIELDS } from './people.ts';
import type { Service } from './service.ts';

/** What became of a file. */
export interface Verdict {
  /** Of the upload. */
  status: number;
  /** The state it came to rest in, or the code it was refused with. */
  end: string;
  /** Of a submission that was taken. */
  id: string;
  receipt: string;
  /** As its sender is shown it. */
  photo: { width: number; height: number } | undefined;
  /** From the first byte until it was settled. */
  ms: number;
}

interface Naming {
  filename?: string;
  type?: string;
}

/** A cleaning of the costliest photos, on a machine with much else to do, a thousand before them. */
const SETTLED_MS = 50 * 60_000;
/** Between two looks at what takes long: a thousand who ask all the time would be the load. */
const LOOK_MS = 5_000;

/** Sends a file as a photo, by a client of its own, and waits until the service has judged it. */
export async function judge(
  service: Pick<Service, 'url'>,
  file: Buffer,
  { filename = 'photo.jpg', type = 'image/jpeg' }: Naming = {},
): Promise<Verdict> {
  const begun = performance.now();
  const localAddress = `127.${randomInt(1, 255)}.${randomInt(255)}.${randomInt(1, 255)}`;
  const url = `${service.url}/api/v1/submissions`;
  const patienceMs = SETTLED_MS;
  const options = { method: 'POST', localAddress, patienceMs };
  const answer = await ask(url, { ...options, ...formOf(file, filename, type) });
  const { status } = answer;
  const ms = () => performance.now() - begun;
  if (status !== 201 && status !== 202) {
    return { status, end: codeOf(answer), id: '', receipt: '', photo: undefined, ms: ms() };
  }
  const told = JSON.parse(answer.text);
  const { receipt } = told as { receipt: string };
  const headers = { authorization: `Bearer ${receipt}` };
  const later = async () => {
    // Over a connection of its own: one that is kept may be closed in the moment of asking.
    const { text } = await ask(`${service.url}/api/v1/receipt`, { headers, patienceMs });
    const now = JSON.parse(text);
    return now.state !== 'received' && now;
  };
  const row = told.state === 'received' ? await eventually(later, SETTLED_MS, LOOK_MS) : told;
  const end = row.state === 'refused' ? row.reason : row.state;
  return { status, end, id: row.id, receipt, photo: row.photo, ms: ms() };
}

/** The form made last for each file: a thousand copies of large ones would keep the sender busy. */
const forms = new WeakMap<Buffer, { filename: string; type: string; form: Form }>();
type Form = ReturnType<typeof multipart>;

function formOf(file: Buffer, filename: string, type: string): Form {
  const made = forms.get(file);
  if (made?.filename === filename && made.type === type) return made.form;
  const form = multipart([...fieldParts(FIELDS), { name: 'photo', value: file, filename, type }]);
  forms.set(file, { filename, type, form });
  return form;
}

function codeOf({ headers, text }: Answer): string {
  if (headers['content-type'] !== 'application/problem+json') return 'no problem document';
  return (JSON.parse(text) as { code: string }).code;
}

/** Does something with each of a list, so many at a time. */
export async function inLanes<T>(
  lanes: number,
  list: readonly T[],
  act: (each: T, at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < list.length) {
      const at = next++;
      await act(list[at] as T, at);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
