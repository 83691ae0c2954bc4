import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/report/change-causes.ts
var causeWords = /(?:^|; )(this change .*)$/;
function causesOf({
  status,
  related,
  location
}) {
  if (status === "unchanged") return [];
  return related.flatMap((place) => {
    const words = causeWords.exec(place.message)?.[1]?.replace(/^t/, "T");
    if (words === void 0) return [];
    const isHere = place.file === location.file && place.line === location.line;
    return [{ words, place: isHere ? null : place }];
  });
}

export {
  causesOf
};
