import type { PageContext } from '../page.ts';
import type { GalleryItem } from './photos.tsx';

/** What was said with a photo, by whom, and from which month it is. */
export function PhotoStory({ page: { say }, item }: { page: PageContext; item: GalleryItem }) {
  const { embassy, name, message, month, participant } = item;
  return (
    <>
      {message && (
        <blockquote dir="auto">
          <p>{message}</p>
        </blockquote>
      )}
      <p class="hint">
        {name && (
          <>
            <bdi>{name}</bdi>
            {' · '}
          </>
        )}
        {participant === 'organisation' && `${say('participant.organisation')} · `}
        {say.country(embassy.country)} · <time dateTime={month}>{say.month(month)}</time>
      </p>
    </>
  );
}
