/** The few functions of the libraries we call; their own declarations say `any`. */

/** A name that the build replaces: where the model of the face detector lies. */
declare const FACE_MODEL: string;
/** Likewise: the sentences of `<photo-gallery>` by language and key. */
declare const ELEMENT_WORDS: Record<string, Record<string, string>>;

/** A style sheet as text. */
declare module '*.css?inline' {
  const text: string;
  export default text;
}

/** libheif-js/libheif-wasm/libheif-bundle.mjs */
declare module 'libheif-bundle' {
  interface LibHeif {
    heif_error_code: { heif_error_Ok: unknown };
    heif_colorspace: { heif_colorspace_RGB: unknown };
    heif_chroma: { heif_chroma_interleaved_RGBA: unknown };
    heif_context_alloc(): unknown;
    heif_context_read_from_memory(
      context: unknown,
      file: Uint8Array,
    ): { code: unknown; message: string };
    heif_js_context_get_primary_image_handle(context: unknown): unknown;
    heif_image_handle_get_width(handle: unknown): number;
    heif_image_handle_get_height(handle: unknown): number;
    /** `channels` is missing when decoding failed. */
    heif_js_decode_image2(
      handle: unknown,
      colorspace: unknown,
      chroma: unknown,
    ): { channels?: { width: number; height: number; stride: number; data: Uint8Array }[] };
  }
  export default function load(): LibHeif;
}

/** @vladmandic/human/dist/human.esm.js */
declare module 'human' {
  export default class Human {
    constructor(config: object);
    tf: { tensor4d(values: Float32Array, shape: number[]): { dispose(): void } };
    load(): Promise<void>;
    detect(input: object): Promise<{
      /** Boxes as left, top, width, height in fractions. */
      face: { boxRaw: [number, number, number, number] }[];
    }>;
  }
}

/** Style sheets that a script brings along. */
declare module '*.css';
