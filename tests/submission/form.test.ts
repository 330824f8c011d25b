import { describe, expect, it } from 'vitest';
import { fieldErrors, submissionForm } from '../../src/submission/form.ts';

const GOOD = { embassy: 'embassy-vienna', city: 'Wien', consent: 'yes' };

function errorsOf(fields: Record<string, string | undefined>) {
  const { error } = submissionForm.safeParse({ ...GOOD, ...fields });
  return error ? fieldErrors(error) : [];
}

describe('the form', () => {
  it('needs embassy, city and consent, and fills in the rest', () => {
    expect(submissionForm.parse(GOOD)).toEqual({
      ...GOOD,
      exposure: 'shown',
      participant: 'person',
      covers: [],
    });
  });

  it('takes an empty optional field as left out', () => {
    const empty = { exposure: '', participant: '', name: '', message: '', email: '', locale: '' };
    const { name, exposure, covers } = submissionForm.parse({ ...GOOD, ...empty, covers: '' });
    expect([name, exposure, covers]).toEqual([undefined, 'shown', []]);
  });

  it('tells every wrong field at once, once each, in codes', () => {
    const { error } = submissionForm.safeParse({
      city: '\u202e',
      consent: 'no',
      exposure: 'loud',
      participant: 'robot',
      name: 'x'.repeat(81),
      message: 'x'.repeat(501),
      email: 'nobody',
      covers: '[{"x": 2, "y": 3}]',
    });
    expect(error && fieldErrors(error)).toEqual([
      { field: 'embassy', code: 'required' },
      { field: 'city', code: 'characters' },
      { field: 'consent', code: 'consent-needed' },
      { field: 'exposure', code: 'choice-unknown' },
      { field: 'participant', code: 'choice-unknown' },
      { field: 'name', code: 'too-long' },
      { field: 'message', code: 'too-long' },
      { field: 'email', code: 'email-invalid' },
      { field: 'covers', code: 'areas-invalid' },
    ]);
  });

  it.each(['yes ', 'YES', 'on', 'true', ''])('does not take %j for consent', (consent) => {
    expect(errorsOf({ consent })).toEqual([{ field: 'consent', code: 'consent-needed' }]);
  });

  it('does not take a city of blanks', () => {
    expect(errorsOf({ city: ' \u00a0 ' })).toEqual([{ field: 'city', code: 'required' }]);
  });

  it.each(['{', 'null', '{}', '[1]', `[${'['.repeat(5000)}`])('refuses %.9s as areas', (covers) => {
    expect(errorsOf({ covers })).toEqual([{ field: 'covers', code: 'areas-invalid' }]);
  });

  it.each([
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example,c@d.example',
    'Ada <a@b.example>',
    `${'a'.repeat(250)}@b.example`,
  ])('refuses %.20j as an address', (email) => {
    expect(errorsOf({ email })).toEqual([{ field: 'email', code: 'email-invalid' }]);
  });
});
