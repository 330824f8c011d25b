import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, hasChromium, openChromium, PHONE } from '../support/chromium.ts';
import { type CutLine, openCutLine } from '../support/cut-line.ts';
import { withReceipt } from '../support/people.ts';
import { CANARY, CORNERS, oriented, photo, withTail, withTraces } from '../support/pictures.ts';
import { coveredEdges, isNear, openSealed, pixelsOf, type Raw } from '../support/sealed.ts';
import { leavePicturesLying, lieWithCanvas, sendPage } from '../support/send-page.ts';
import { type Service, startService } from '../support/service.ts';

const [WIDTH, HEIGHT] = [2000, 1500];

let service: Service;
let line: CutLine;

beforeAll(async () => {
  service = await startService();
  line = await openCutLine(service.url);
});

afterAll(async () => {
  await line?.close();
  await service?.dispose();
});

/** The master as the service keeps it. */
async function storedMaster(receipt: string): Promise<Raw> {
  const { id } = await (await withReceipt(service, receipt)).json();
  const master = await openSealed(service, id, 'master');
  if (!master) throw new Error('no master');
  expect(await openSealed(service, id, 'original')).toBeNull();
  return pixelsOf(master);
}

describe.skipIf(!hasChromium).each([
  { painter: 'the device', honest: true },
  { painter: 'the service, for the canvas lies', honest: false },
])('areas painted by $painter', ({ honest }) => {
  let browser: Chromium;

  beforeAll(async () => {
    browser = await openChromium(PHONE);
    if (!honest) await browser.context.addInitScript(lieWithCanvas);
    browser.page.on('dialog', (dialog) => dialog.accept());
  });

  afterAll(() => browser?.close());

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('land where they were drawn: orientation %i', async (turn) => {
    const page = sendPage(browser.page);
    await page.open(service.url);
    await page.fill({ exposure: 'covered' });
    await page.choose(await oriented(turn, WIDTH, HEIGHT));
    const drawn = await page.draw([0.3, 0.2], [0.62, 0.55]);
    await page.submit();
    const master = await storedMaster(await page.receipt());

    expect([master.info.width, master.info.height]).toEqual([WIDTH, HEIGHT]);
    expect(isNear(master, 20, 20, CORNERS.topLeft)).toBe(true);
    expect(isNear(master, WIDTH - 20, 20, CORNERS.topRight)).toBe(true);
    expect(isNear(master, 20, HEIGHT - 20, CORNERS.bottomLeft)).toBe(true);
    const painted = coveredEdges(master);
    expect(Math.abs(painted.left - drawn.left * WIDTH)).toBeLessThanOrEqual(2);
    expect(Math.abs(painted.right - drawn.right * WIDTH)).toBeLessThanOrEqual(2);
    expect(Math.abs(painted.top - drawn.top * HEIGHT)).toBeLessThanOrEqual(2);
    expect(Math.abs(painted.bottom - drawn.bottom * HEIGHT)).toBeLessThanOrEqual(2);
  });

  it.runIf(honest)('land there in a browser that leaves pictures lying', async () => {
    const old = await openChromium(PHONE);
    await old.context.addInitScript(leavePicturesLying);
    const page = sendPage(old.page);
    await page.open(service.url);
    await page.fill({ exposure: 'covered' });
    await page.choose(await oriented(6, WIDTH, HEIGHT));
    const drawn = await page.draw([0.3, 0.2], [0.62, 0.55]);
    await page.submit();
    const painted = coveredEdges(await storedMaster(await page.receipt()));
    expect(Math.abs(painted.left - drawn.left * WIDTH)).toBeLessThanOrEqual(2);
    expect(Math.abs(painted.bottom - drawn.bottom * HEIGHT)).toBeLessThanOrEqual(2);
    expect(old.errors).toEqual([]);
    await old.close();
  });

  it(
    honest ? 'and the file itself stays on the device' : 'and the file arrives intact',
    async () => {
      const file = withTail(withTraces(await photo({ width: 900, height: 700, seed: 7 })));
      const page = sendPage(browser.page);
      await page.open(line.url);
      await page.fill();
      await page.choose(file, `${CANARY}.jpg`);
      await page.submit();
      const status = await (await withReceipt(service, await page.receipt())).json();
      const sent = line.sent();
      const body = sent.subarray(sent.lastIndexOf('POST /api/v1/submissions'));
      if (honest) {
        expect(body.includes(CANARY)).toBe(false);
        expect(body.includes('Exif')).toBe(false);
        expect(body.includes('http://ns.adobe.com')).toBe(false);
        expect(status.photo.removed).not.toContain('gps');
      } else {
        expect(body.includes(file)).toBe(true);
        expect(body.includes(`${CANARY}.jpg`)).toBe(false);
        expect(status.photo.removed).toContain('gps');
      }
    },
  );
});
