import sharp from 'sharp';

/** The only loaders that may touch a stranger's bytes. */
const LOADERS = [
  'VipsForeignLoadJpeg',
  'VipsForeignLoadPng',
  'VipsForeignLoadWebp',
  'VipsForeignLoadHeif',
];

/**
 * Blocks every loader of this process but ours. Default sharp goes by content: it renders an SVG
 * and reads a TIFF, a GIF or a PDF whatever the name says.
 */
export function restrictLoaders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
}
