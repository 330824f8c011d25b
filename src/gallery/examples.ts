/** What answers look like, for the readers of the documentation. */
const embassy = {
  slug: 'embassy-berlin',
  name: 'Embassy of Azerbaijan in Berlin',
  city: 'Berlin',
  country: 'DE',
};
const ID = '0b8e7a52-6a3f-4d0e-9b57-3f1c2d4e5a01';

export const itemExample = {
  id: ID,
  embassy,
  city: 'Berlin',
  participant: 'person' as const,
  name: 'Ada',
  message: 'Equality for everybody!',
  month: '2026-11',
  alt: 'Photo in front of the Embassy of Azerbaijan in Berlin, with the rainbow flag',
  width: 3000,
  height: 2250,
  color: '#7a6f5c',
  placeholder: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
  images: [
    {
      url: `https://photos.example.org/photos/${ID}/480.jpg`,
      type: 'image/jpeg',
      width: 480,
      height: 360,
    },
  ],
};

export const galleryExample = {
  items: [itemExample],
  nextCursor: 'hT1x0m5mC4Qb6vYweyJtb250aCI6IjIwMjYtMTEifQ',
  total: 214,
};

export const changesExample = {
  items: [{ id: ID, change: 'withdrawn' as const }],
  next: 'AQ3vJ0c1m5mC4Qb6vYwTg7Zk2n9xqk',
  more: false,
};

export const embassiesExample = {
  items: [
    {
      ...embassy,
      kind: 'embassy',
      latitude: 52.487611,
      longitude: 13.284111,
      precision: 'building' as const,
      photos: 12,
      counted: 3,
    },
  ],
};

export const coverageExample = {
  photos: 214,
  counted: 37,
  embassies: 41,
  embassiesTotal: 87,
  countries: 33,
  cities: 40,
  missing: ['embassy-tirana'],
};
