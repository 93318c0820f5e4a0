import "./_file_assets.ts";

export * from "./browser.ts";
export { PreparedImages, type PreparedImagesOptions } from "./prepared_images.ts";
export { PreparedStore, type StoredImages } from "./prepared_store.ts";
export { folderSet, planFolderSet } from "./folder.ts";
export { flocListing, flocSet, type FlocSetOptions } from "./floc.ts";
