/**
 * Whether `encodeURIComponent` makes one part of a path of it: empty and dotted parts would change the path
 * that is asked for, and half a surrogate cannot be encoded.
 */
export const fitsInPath = (part: string): boolean => part.isWellFormed() && !/^\.{0,2}$/.test(part)
