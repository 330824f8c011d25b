import type { Bell } from '../bell.ts';
import type { Embassy } from '../campaign/embassies.ts';
import type { Config } from '../config.ts';
import type { Keys } from '../keys.ts';
import type { Photos } from '../store/photos.ts';
import type { Store } from '../store/store.ts';
import type { TakenBack } from '../store/taken-back.ts';
import { type Admission, openAdmission } from './admission.ts';
import { type Arriving, openArriving } from './arriving.ts';
import { type Gate, openGate } from './gate.ts';
import { openTickets, type Tickets } from './tickets.ts';
import { openTurns, type TakeTurn } from './turns.ts';

/** What the supporters' room works with. */
export interface IntakeTools {
  store: Store;
  photos: Photos;
  takenBack: TakenBack;
  keys: Keys;
  bell: Bell;
  embassies: ReadonlyMap<string, Embassy>;
  admit: Admission;
  arriving: Arriving;
  takeTurn: TakeTurn;
  gate: Gate;
  tickets: Tickets;
  config: Pick<
    Config,
    'campaignEnd' | 'diskReserveMb' | 'lineLength' | 'queueLength' | 'clientUploads' | 'busyUploads'
  >;
  now: () => Date;
}

type Shared = Omit<IntakeTools, 'admit' | 'arriving' | 'takeTurn' | 'gate' | 'tickets'>;

/** Adds what only this room needs; `clientOf` makes of an address what stands for it. */
export function openIntake<Given extends Shared>(
  shared: Given,
  clientOf: (address: string) => string,
): Given & IntakeTools {
  const { store, config, keys, now } = shared;
  return {
    ...shared,
    gate: openGate(store.submissions, config, clientOf),
    tickets: openTickets(keys, now),
    admit: openAdmission(store.submissions, config),
    arriving: openArriving(store.arrivals, now),
    takeTurn: openTurns(),
  };
}
