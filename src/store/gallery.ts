import type { Participant } from '../submission/form.ts';
import type { Database } from './database.ts';
import type { Embassy, Prisma } from './generated/client.ts';
import { readPage } from './page.ts';
import { asRow, type SubmissionRow } from './rows.ts';

export type GalleryRow = SubmissionRow & { embassy: Embassy; pictureMonth: string };

export interface GalleryFilter {
  embassy?: string | undefined;
  country?: string | undefined;
  city?: string | undefined;
  participant?: Participant | undefined;
}

/** Where a list goes on: behind this photo. */
export interface GalleryCursor {
  month: string;
  id: string;
}

export interface TallyRow {
  embassySlug: string;
  country: string;
  cityKey: string;
  shown: number;
  counted: number;
}

/** What readers see. Everything here is public. */
export interface Gallery {
  /**
   * Public photos, newest month first. Inside a month they lie in the order of their random ids,
   * so that no place in a list tells when a photo was sent.
   */
  list(filter: GalleryFilter, limit: number, after?: GalleryCursor): Promise<GalleryRow[]>;
  /** How many photos a filter has. */
  total(filter: GalleryFilter): Promise<number>;
  /** Whether a photo is public, was taken back, or neither. */
  find(id: string): Promise<GalleryRow | 'withdrawn' | null>;
  /** Which of these are public and which were taken back; others are not named. */
  fates(ids: string[]): Promise<Map<string, 'shown' | 'withdrawn'>>;
  /** Ids of the photos before and after a public one, in the order of `list`. */
  beside(row: GalleryRow): Promise<{ previous: string | null; next: string | null }>;
  /** Tallies that are not zero. */
  tallies(): Promise<TallyRow[]>;
}

/** Cities are compared without regard to case and compatibility forms. */
export function cityKey(city: string): string {
  return city.normalize('NFKC').trim().toLowerCase();
}

export function openGallery({ read }: Database): Gallery {
  return {
    async list(filter, limit, after) {
      const rows = await readPage(
        (range: Prisma.SubmissionWhereInput, take) =>
          read.submission.findMany({
            where: { ...columns(filter), ...range },
            // Both the same way, so that one index gives the order, read backwards.
            orderBy: [{ pictureMonth: 'desc' }, { id: 'desc' }],
            take,
            include: { embassy: true },
          }),
        limit,
        after
          ? [
              { pictureMonth: after.month, id: { lt: after.id } },
              { pictureMonth: { lt: after.month } },
            ]
          : [{ pictureMonth: { not: null } }],
      );
      return rows.map(asPublic);
    },

    async total(filter) {
      const sum = await read.tally.aggregate({ where: columns(filter), _sum: { shown: true } });
      return sum._sum.shown ?? 0;
    },

    async find(id) {
      const found = await read.submission.findUnique({ where: { id }, include: { embassy: true } });
      if (found?.pictureMonth) return asPublic(found);
      return found?.state === 'withdrawn' ? 'withdrawn' : null;
    },

    async fates(ids) {
      const rows = await read.submission.findMany({
        where: { id: { in: ids } },
        select: { id: true, state: true, pictureMonth: true },
      });
      const told = rows.filter(({ state, pictureMonth }) => pictureMonth || state === 'withdrawn');
      return new Map(told.map((row) => [row.id, row.pictureMonth ? 'shown' : 'withdrawn']));
    },

    async beside({ id, pictureMonth }) {
      const first = async (order: 'asc' | 'desc', ranges: Prisma.SubmissionWhereInput[]) => {
        const orderBy = [{ pictureMonth: order }, { id: order }];
        const [found] = await readPage(
          (where: Prisma.SubmissionWhereInput, take) =>
            read.submission.findMany({ where, orderBy, take, select: { id: true } }),
          1,
          ranges,
        );
        return found?.id ?? null;
      };
      return {
        previous: await first('asc', [
          { pictureMonth, id: { gt: id } },
          { pictureMonth: { gt: pictureMonth } },
        ]),
        next: await first('desc', [
          { pictureMonth, id: { lt: id } },
          { pictureMonth: { lt: pictureMonth } },
        ]),
      };
    },

    tallies: () =>
      read.tally.findMany({ where: { OR: [{ shown: { gt: 0 } }, { counted: { gt: 0 } }] } }),
  };
}

function columns({ embassy, country, city, participant }: GalleryFilter) {
  return {
    ...(embassy && { embassySlug: embassy }),
    ...(country && { country }),
    ...(city && { cityKey: cityKey(city) }),
    ...(participant && { participant }),
  };
}

function asPublic(row: Prisma.SubmissionGetPayload<{ include: { embassy: true } }>): GalleryRow {
  return { ...asRow(row), embassy: row.embassy, pictureMonth: row.pictureMonth ?? '' };
}
