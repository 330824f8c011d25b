import type { Area } from '../../submission/areas.ts';
import { type Editor, openEditor } from '../cover/editor.ts';
import { part, templateElement, word } from '../page.ts';
import { reveal } from '../reveal/reveal.ts';
import { showRevealed } from '../reveal/show.ts';
import { decode } from './decode.ts';
import { drawPicture, encodeCovered } from './paint.ts';
import { canvasIsHonest } from './probe.ts';

/** What is sent of a photo: a clean picture made here, or the file where that is not possible. */
export interface Parcel {
  photo: Blob;
  covers: Area[];
  /** What was hidden in the file and stayed on the device; null when the file itself is sent. */
  stayed: string[] | null;
}

/** Shows the chosen photo, lets it be covered, and makes of it what is sent. */
export function openDesk(input: HTMLInputElement) {
  const desk = templateElement('photo-desk');
  const canvas = part<HTMLCanvasElement>(desk, 'canvas');
  const status = part(desk, 'status');
  const way = part(desk, 'way');
  const [toggle, tools] = [part(desk, 'toggle'), part(desk, 'tools')];
  const editor: Editor = openEditor(desk, canvas, (yes) => {
    tools.hidden = !yes;
    toggle.setAttribute('aria-expanded', String(yes));
    toggle.textContent = word(yes ? 'browser.cover.end' : 'browser.cover.start');
  });
  toggle.addEventListener('click', () => editor.open(!editor.isOpen()));
  const probed = canvasIsHonest();
  let opened: Promise<Opened | null> = Promise.resolve(null);
  let packed: (Parcel & { opened: Opened }) | undefined;
  let turn = 0;

  async function open(file: File): Promise<Opened | null> {
    const own = ++turn;
    editor.clear();
    editor.open(false);
    for (const name of ['seen', 'reveal', 'way']) part(desk, name).hidden = true;
    status.textContent = word('browser.photo.opening');
    const content = await contentOf(file);
    const revealed = reveal(content);
    const picture = await decode(file, content, revealed.kind);
    const honest = await probed;
    // Somebody has chosen another photo meanwhile.
    if (own !== turn) return null;
    status.textContent = '';
    const drawn = picture !== null && draws(picture);
    part(desk, 'seen').hidden = !drawn;
    const clean = drawn && honest;
    showRevealed(desk, revealed, clean);
    way.hidden = false;
    way.textContent = word(
      clean ? 'browser.photo.here' : drawn ? 'browser.photo.guarded' : 'browser.photo.unreadable',
    );
    return { file, clean, stayed: clean ? [...revealed.findings.keys()] : null };
  }

  function draws(picture: NonNullable<Awaited<ReturnType<typeof decode>>>): boolean {
    try {
      drawPicture(canvas, picture);
      return true;
    } catch {
      return false;
    }
  }

  function choose(): void {
    const [file] = input.files ?? [];
    desk.hidden = !file;
    opened = file ? open(file).catch(() => ({ file, clean: false, stayed: null })) : none();
  }

  input.addEventListener('change', choose);
  input.closest('.group')?.append(desk);
  // A browser may have kept the choice over a reload.
  choose();

  return {
    editor,
    wish: (covered: boolean) => {
      part(desk, 'wished').hidden = !covered;
    },
    /** What is to be sent; null when no photo was chosen, `changed` when it cannot go as was said. */
    async pack(): Promise<Parcel | 'changed' | null> {
      const photo = await opened;
      if (!photo) return null;
      const covers = editor.areas();
      const { file, clean, stayed } = photo;
      // The same picture again must be the same bytes: a repeated request is recognised by them.
      const same =
        packed?.opened === photo && JSON.stringify(packed.covers) === JSON.stringify(covers);
      if (packed && same) return packed;
      const made = clean ? await encodeCovered(canvas, covers).catch(() => null) : file;
      if (!made) {
        // The file was promised to stay here: the person is told before it goes instead.
        photo.clean = false;
        photo.stayed = null;
        way.textContent = word('browser.photo.guarded');
        return 'changed';
      }
      packed = { photo: made, covers, stayed, opened: photo };
      return packed;
    },
  };
}

interface Opened {
  file: File;
  /** Whether a clean picture of it can be made here. */
  clean: boolean;
  stayed: string[] | null;
}

const none = (): Promise<null> => Promise.resolve(null);

async function contentOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}
