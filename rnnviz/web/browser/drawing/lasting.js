/** What every page's address may say; written from rnnviz/web/address/lasting.py. */

export const PRESENTER = "presenter";
export const ON = "on";
export const VIEW = "view";
export const HIDE = "hide";
export const LOCK = "lock";
export const LANGUAGE = "language";
export const ROOM = "room";
export const COURSE = "course";
export const VIEWED = [PRESENTER, HIDE, LOCK];
export const OWN = [LANGUAGE, ROOM];
