/** The few functions of libheif-js we call; its own declarations say `any`. */
export interface LibHeif {
  heif_error_code: { heif_error_Ok: unknown };
  heif_colorspace: { heif_colorspace_RGB: unknown };
  heif_chroma: { heif_chroma_interleaved_RGB: unknown };
  heif_context_alloc(): unknown;
  heif_context_read_from_memory(
    context: unknown,
    file: Uint8Array,
  ): { code: unknown; message: string };
  heif_js_context_get_primary_image_handle(context: unknown): unknown;
  /** `channels` is missing when decoding failed. */
  heif_js_decode_image2(handle: unknown, colorspace: unknown, chroma: unknown): DecodedImage;
}

interface DecodedImage {
  channels?: { width: number; height: number; stride: number; data: Uint8Array }[];
}
