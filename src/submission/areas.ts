import { z } from 'zod';

const fraction = z.number().min(0).max(1);

/** A rectangle in fractions (0 to 1) of the upright picture, origin at its top left. */
export const areaSchema = z
  .object({ x: fraction, y: fraction, width: fraction, height: fraction })
  .meta({ id: 'Area' });

/** What the sender or a moderator wants painted solid. */
export const areasSchema = z.array(areaSchema).max(100);

/** What scripts draw, in the text field of a form. A message is a field error code. */
export const areasText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'areas-invalid' });
      return z.NEVER;
    }
  })
  .pipe(areasSchema);

/** At least one area, and something of the picture in each: whoever asks to paint means to see paint. */
export const paintedSchema = areasSchema
  .min(1)
  .refine(
    (areas) => areas.every(({ x, y, width, height }) => x < 1 && y < 1 && width > 0 && height > 0),
    'areas-invalid',
  );

export type Area = z.infer<typeof areaSchema>;
