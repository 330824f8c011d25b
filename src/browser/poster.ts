import { part } from './page.ts';

/** Printing by one press, where there are scripts. */
const button = part(document, 'print');
button.hidden = false;
button.addEventListener('click', () => print());
