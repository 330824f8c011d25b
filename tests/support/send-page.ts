import type { Locator, Page } from 'playwright-core';

/** The page `/send` as a person with scripts meets it. */
export function sendPage(page: Page) {
  const part = (name: string): Locator => page.locator(`[data-part="${name}"]`).first();

  return {
    part,

    async open(url: string): Promise<void> {
      await page.goto(`${url}/send`);
      await page.locator('#embassy-search').waitFor();
    },

    /** Fills in everything but the photo. */
    async fill({ exposure = 'shown', city = 'Wien' } = {}): Promise<void> {
      await page.selectOption('#field-embassy', 'embassy-vienna');
      await page.fill('#field-city', city);
      await page.locator(`.option:has([name="exposure"][value="${exposure}"]) label`).click();
      if (!(await page.isChecked('#field-consent'))) {
        await page.locator('.option:has(#field-consent) label').click();
      }
    },

    /** Chooses a photo and waits until the page has said what it will do with it. */
    async choose(buffer: Buffer, name = 'IMG_2041.JPG'): Promise<void> {
      await page.setInputFiles('#field-photo', { name, mimeType: 'image/jpeg', buffer });
      await part('way').waitFor({ timeout: 60_000 });
    },

    /** Draws an area over the preview; returns where it lies, in fractions of the picture. */
    async draw(from: [number, number], to: [number, number]) {
      if ((await part('toggle').getAttribute('aria-expanded')) === 'false') {
        await part('toggle').click();
      }
      await part('stage').scrollIntoViewIfNeeded();
      const box = await part('stage').boundingBox();
      if (!box) throw new Error('no stage');
      const at = ([x, y]: [number, number]) =>
        [Math.round(box.x + x * box.width), Math.round(box.y + y * box.height)] as const;
      const [start, end] = [at(from), at(to)];
      await page.mouse.move(...start);
      await page.mouse.down();
      await page.mouse.move(...end, { steps: 4 });
      await page.mouse.up();
      return {
        left: (start[0] - box.x) / box.width,
        top: (start[1] - box.y) / box.height,
        right: (end[0] - box.x) / box.width,
        bottom: (end[1] - box.y) / box.height,
      };
    },

    submit: () => page.locator('form button[type="submit"]').click(),

    /** The receipt, once it is there. */
    async receipt(timeout = 30_000): Promise<string> {
      const code = page.locator('main .receipt-code');
      await code.waitFor({ timeout });
      return (await code.textContent()) ?? '';
    },
  };
}

/** A browser whose canvas answers with noise, as Tor Browser's does. Runs before any script. */
export function lieWithCanvas(): void {
  const { CanvasRenderingContext2D, HTMLCanvasElement } = globalThis as unknown as Record<
    string,
    { prototype: Record<string, (...rest: unknown[]) => { data: Uint8ClampedArray }> }
  >;
  const context = CanvasRenderingContext2D?.prototype;
  const read = context?.getImageData;
  if (!context || !read || !HTMLCanvasElement) throw new Error('no canvas');
  context.getImageData = function (...rest) {
    const image = read.apply(this, rest);
    for (let at = 0; at < image.data.length; at += 1) {
      image.data[at] = (image.data[at] ?? 0) ^ Math.floor(Math.random() * 4);
    }
    return image;
  };
  const toBlob = HTMLCanvasElement.prototype.toBlob;
  HTMLCanvasElement.prototype.toBlob = function (...rest) {
    const canvas = this as unknown as {
      getContext(kind: string): { fillRect(x: number, y: number, w: number, h: number): void };
      width: number;
    };
    for (let x = 0; x < canvas.width; x += 2) canvas.getContext('2d').fillRect(x, x, 1, 1);
    return toBlob?.apply(this, rest) as never;
  };
}

/** An older browser: `createImageBitmap` does not turn pictures upright. Runs before any script. */
export function leavePicturesLying(): void {
  const scope = globalThis as unknown as { createImageBitmap(...rest: unknown[]): unknown };
  const native = scope.createImageBitmap;
  scope.createImageBitmap = (image) => native(image, { imageOrientation: 'none' });
}
