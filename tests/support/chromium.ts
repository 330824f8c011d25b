import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const program = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Tests in a real browser are skipped where there is none. */
export const hasChromium = existsSync(program);

const ARGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export interface Chromium {
  context: BrowserContext;
  page: Page;
  /** Every address that was asked for, by any page. */
  requests: string[];
  /** Errors of scripts, and what the content security policy kept from happening. */
  errors: string[];
  close(): Promise<void>;
}

/** A browser with a profile of its own. */
export async function openChromium(options: BrowserContextOptions = {}): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'compete-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    args: ARGS,
    reducedMotion: 'reduce',
    ...options,
  });
  const requests: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    requests,
    errors,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true } as const;
export const NARROW = { viewport: { width: 320, height: 640 }, hasTouch: true } as const;
export const DESKTOP = { viewport: { width: 1280, height: 900 } } as const;
