/**
 * What the views of the Shapes page are made from. No code.
 *
 * @typedef {import("./header.js").CallHeader} CallHeader
 * @typedef {import("./net.js").Net} Net
 * @typedef {import("./net.js").Cell} Cell
 * @typedef {"output"|"h_n"|"c_n"} Given  what the module gives back
 *
 * @typedef {Object} State
 * @property {CallHeader} header
 * @property {Map<string, Float64Array>} arrays
 * @property {Net} net
 * @property {import("./net.js").OutputEntry} output  the entry that is looked at
 * @property {import("./net.js").StateEntry} state  that of h_n
 * @property {Cell|null} pointed  the cell under the pointer, or that keys have come to
 * @property {Given[]} lit  whose cells are marked
 * @property {Given|null} hinted  the name under the pointer: marked as long as it is
 *
 * @typedef {import("../drawing/store.js").Store<State>} StateStore
 * @typedef {ReadonlySet<Extract<keyof State, string>|"mount"|"theme">} Changed
 *
 * @typedef {Object} Context
 * @property {StateStore} store
 * @property {(cell: Cell|null) => void} choose  move the pins to what stands there
 * @property {Edits} edits
 * @property {() => import("../drawing/theme.js").Theme} theme
 * @property {boolean} canPaste  there is somebody who reads code
 *
 * @typedef {Object} Edits  what is asked of the server
 * @property {(key: string, value: string) => void} set  another value of a setting, as a link
 *   writes it
 * @property {(code: string) => void} paste
 * @property {() => void} ask  for the numbers of what is looked at
 * @property {(key: string) => string} value  as it was asked for last
 *
 * @typedef {Object} View
 * @property {HTMLElement} element
 * @property {(changed: Changed) => void} update
 * @property {() => void} [resize]
 * @property {() => void} [destroy]
 */

/**
 * @typedef {import("./header.js").MoreHeader} MoreHeader
 * @typedef {{element: HTMLElement, show: (header: MoreHeader) => void}} Section  below the picture
 */

export {};
