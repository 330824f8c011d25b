import { Csrf } from '../../web/components/form.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { filterQuery, type QueueFilter, type QueueItem } from './item.ts';

export interface DecisionProps {
  page: StaffContext;
  filter: QueueFilter;
  item: QueueItem;
}

/** What every decision names beside itself: the version it is about. */
export function Hidden({ page, item }: DecisionProps) {
  return (
    <>
      <Csrf page={page} />
      <input type="hidden" name="version" value={item.version} />
    </>
  );
}

export function actionOf({ page, filter, item }: DecisionProps, act: string): string {
  return href(page, `/moderation/submissions/${item.id}/${act}`, filterQuery(filter));
}
