import type { Area } from '../submission/areas.ts';
import type { Exposure } from '../submission/exposure.ts';
import type { Participant } from '../submission/form.ts';
import type { Check, KeptFacts } from '../submission/photo.ts';
import type { Rendition } from '../submission/renditions.ts';
import type { Criteria, State, Task } from '../submission/states.ts';
import type { Prisma, Submission } from './generated/client.ts';

/** A row of `Submission` with its text and JSON columns in the types they are written with. */
export interface SubmissionRow
  extends Omit<
    Submission,
    | 'state'
    | 'exposure'
    | 'participant'
    | 'covers'
    | 'facts'
    | 'checks'
    | 'criteria'
    | 'renditions'
    | 'task'
  > {
  state: State;
  exposure: Exposure;
  participant: Participant;
  covers: Area[];
  facts: KeptFacts | null;
  checks: Check[] | null;
  criteria: Criteria | null;
  renditions: Rendition[] | null;
  task: Task | null;
}

/** Only this service writes these columns, so their shape is known. */
export function asRow(row: Submission): SubmissionRow {
  return row as unknown as SubmissionRow;
}

/** Prisma wants its own JSON type where we have interfaces. */
export function asJson(value: object): Prisma.InputJsonObject {
  return value as Prisma.InputJsonObject;
}
