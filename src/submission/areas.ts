import { z } from 'zod';

const fraction = z.number().min(0).max(1);

/** A rectangle in fractions (0 to 1) of the upright picture, origin at its top left. */
export const areaSchema = z
  .object({ x: fraction, y: fraction, width: fraction, height: fraction })
  .meta({ id: 'Area' });

/** What the sender or a moderator wants painted solid. */
export const areasSchema = z.array(areaSchema).max(100);

export type Area = z.infer<typeof areaSchema>;
