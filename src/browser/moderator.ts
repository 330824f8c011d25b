import { openActs } from './moderator/acts.ts';
import { keepClaims } from './moderator/claims.ts';
import { followCovers } from './moderator/cover.ts';
import { followChanges } from './moderator/follow.ts';
import { followFull, openFull } from './moderator/full.ts';
import { readKept, writeKept } from './moderator/kept.ts';
import { listenToKeys, openHelp } from './moderator/keys.ts';
import { openLine } from './moderator/line.ts';
import { openOutbox } from './moderator/outbox.ts';
import { onShow, shownMain } from './moderator/page.ts';
import { followPicks } from './moderator/picks.ts';
import { send } from './moderator/send.ts';
import { closeSheets, reasonButton, toggleReject } from './moderator/sheet.ts';
import { tick } from './moderator/toggles.ts';
import { openWalk } from './moderator/walk.ts';
import { leaveSafely, walkByLinks } from './moderator/ways.ts';
import { part, word } from './page.ts';

/** The moderators' desk: the pages work without it, and are quick with it. */
const line = openLine();
const me = part(document, 'me').dataset.me ?? '';
const outbox = openOutbox(me, { read: readKept, write: writeKept, send }, line);
const walk = openWalk(outbox, line);
const acts = openActs(outbox, line, walk);
keepClaims();
followFull();
followCovers();
followPicks(line);
followChanges(outbox, line, walk);
walkByLinks(walk);
leaveSafely(outbox);
onShow((main) => closeSheets(main));

listenToKeys((key, shift) => {
  const main = shownMain();
  const reason = reasonButton(main, key);
  if (key === '?') openHelp();
  else if (key === 'Escape') closeSheets(main);
  else if (key === 'u') void acts.undo();
  else if (!walk.current()) return;
  else if (reason) acts.reject(reason);
  else if (key === 'j' || key === 'ArrowRight') void walk.step('next');
  else if (key === 'k' || key === 'ArrowLeft') void walk.step('previous');
  else if (key === 'a') acts.approve(shift);
  else if (key === 'f') openFull(main);
  else if (key === 'r') {
    if (toggleReject(main)) line.say(word('browser.desk.reason'));
  } else tick(main, Number(key));
});
