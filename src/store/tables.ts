import { MARKS } from './move-marks.ts';

/** What there is to know of a table to copy it to another database; a test holds it to the schema. */
export interface Table {
  model: string;
  /** The columns of its primary key. */
  key: readonly string[];
  /** Columns of JSON. */
  json?: readonly string[];
  /** The column the database itself numbers. */
  counter?: string;
  /** Rows of other tables forbid that one of its rows goes. */
  isReferred?: boolean;
  /** Which rows belong to the installation, and not to the place it is in. */
  where?: object;
}

const SUBMISSION_JSON = ['covers', 'facts', 'checks', 'criteria', 'renditions'];

/** All tables, each behind those its rows refer to. */
export const TABLES: readonly Table[] = [
  { model: 'Embassy', key: ['slug'], isReferred: true },
  { model: 'Submission', key: ['id'], json: SUBMISSION_JSON },
  { model: 'Claim', key: ['submissionId'] },
  { model: 'Contact', key: ['submissionId'] },
  { model: 'Fingerprint', key: ['submissionId', 'band'] },
  { model: 'BlockedPicture', key: ['id'] },
  { model: 'BlockedSlice', key: ['pictureId', 'band'] },
  { model: 'Likeness', key: ['submissionId', 'otherId'] },
  { model: 'Tally', key: ['embassySlug', 'cityKey', 'participant'] },
  { model: 'PublicChange', key: ['seq'], counter: 'seq' },
  { model: 'Webhook', key: ['id'] },
  { model: 'WebhookDelivery', key: ['id'] },
  { model: 'Purge', key: ['submissionId'] },
  { model: 'Moderator', key: ['id'] },
  { model: 'SignInToken', key: ['tokenHash'] },
  { model: 'Passkey', key: ['id'], json: ['transports'] },
  { model: 'Challenge', key: ['hash'] },
  { model: 'Session', key: ['idHash'], json: ['data'] },
  { model: 'OutboxMessage', key: ['id'] },
  { model: 'LogEntry', key: ['id'], json: ['criteria'], counter: 'id' },
  { model: 'Setting', key: ['key'], where: { key: { notIn: [...MARKS] } } },
  { model: 'Signal', key: ['number'], json: ['ids'], counter: 'number' },
  { model: 'Arrival', key: ['id'] },
];
