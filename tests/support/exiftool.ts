import { execFileSync, spawnSync } from 'node:child_process';

/** Debian's libimage-exiftool-perl. */
export const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0;

/** The picture's own facts: what a decoder must know to show it. */
const OWN = new Set([
  ...['SourceFile', 'ExifToolVersion', 'FileType', 'FileTypeExtension', 'MIMEType'],
  ...['ImageWidth', 'ImageHeight', 'ImageSize', 'Megapixels', 'EncodingProcess', 'BitsPerSample'],
  ...['ColorComponents', 'YCbCrSubSampling'],
  // AVIF: the boxes every picture has.
  ...['MajorBrand', 'MinorVersion', 'CompatibleBrands', 'HandlerType', 'PrimaryItemReference'],
  ...['AV1ConfigurationVersion', 'SeqProfile', 'SeqTier0', 'ChromaFormat', 'ChromaSamplePosition'],
  ...['InitialDelaySamples', 'ImageSpatialExtent', 'ImagePixelDepth'],
  ...['MediaData', 'MediaDataSize', 'MediaDataOffset'],
]);

/** What exiftool finds in the files of a folder beyond that, as lines of `file: tag = value`. */
export function findMetadata(folder: string): { files: number; found: string[] } {
  const options = ['-json', '-a', '-u', '-U', '-ee3', '-r', '--File:System:all', folder];
  const json = execFileSync('exiftool', options, { maxBuffer: 1 << 28 }).toString();
  const files = JSON.parse(json) as Record<string, unknown>[];
  const found = files.flatMap((file) =>
    Object.entries(file)
      .filter(([tag]) => !OWN.has(tag))
      .map(([tag, value]) => `${file.SourceFile}: ${tag} = ${value}`),
  );
  return { files: files.length, found };
}
