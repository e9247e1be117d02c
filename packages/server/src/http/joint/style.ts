/** Of the customer's page: fonts of the device, no pictures, black on white; a sheet of paper where it is printed. */
export const STYLE = `
:root { color-scheme: light; --ink: #1d2733; --mute: #56616d; --hair: #d5dbe1; --tint: #eef4f6; --accent: #0b5563; --late: #8a3b12; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC Variable", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
header, main { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 0; position: relative; }
main { padding-bottom: 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.1rem 0 0.5rem; }
h2 { font-size: 1.05rem; line-height: 1.35; margin: 0; }
.kind { margin: 0; color: var(--accent); font-weight: 600; font-size: 0.9rem; }
.lang { position: absolute; right: 1rem; top: 1.25rem; color: var(--accent); }
.intro { margin: 0 0 0.5rem; }
.quiet { color: var(--mute); font-size: 0.9rem; }
.notice { background: var(--tint); border-left: 4px solid var(--accent); padding: 0.5rem 0.75rem; margin: 0.75rem 0; }
ol { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--hair); }
ol > li { border-bottom: 1px solid var(--hair); padding: 0.85rem 0; break-inside: avoid; }
.row { display: flex; gap: 0.75rem; align-items: flex-start; }
.tick { flex: none; width: 1.35rem; height: 1.35rem; line-height: 1.25rem; text-align: center; border: 1.5px solid var(--mute); border-radius: 50%; margin-top: 0.1rem; font-weight: 700; }
.done .tick { background: var(--accent); border-color: var(--accent); color: #fff; }
.what { flex: 1 1 auto; min-width: 0; }
.meta { margin: 0.15rem 0 0; color: var(--mute); font-size: 0.92rem; }
.side { display: inline-block; border: 1px solid var(--hair); border-radius: 3px; padding: 0 0.4rem; color: var(--ink); }
.side-theirs { border-color: var(--accent); }
.side-both { border-style: dashed; border-color: var(--accent); }
.day { flex: none; margin: 0; text-align: right; font-variant-numeric: tabular-nums; max-width: 45%; }
.said { margin: 0.5rem 0 0 2.1rem; padding: 0.1rem 0 0.1rem 0.75rem; border-left: 2px solid var(--hair); list-style: none; font-size: 0.94rem; }
.said li { margin: 0.2rem 0; }
.who { font-weight: 600; }
q { quotes: none; }
details { margin: 0.5rem 0 0 2.1rem; }
summary { cursor: pointer; color: var(--accent); width: fit-content; padding: 0.15rem 0; }
form { display: grid; gap: 0.6rem; padding: 0.5rem 0; max-width: 26rem; }
fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 0.4rem; }
label { display: grid; gap: 0.2rem; font-size: 0.95rem; }
.choice { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; min-height: 2.2rem; }
input, textarea, button { font: inherit; color: inherit; }
input:not([type="radio"]), textarea { border: 1px solid #7b8794; border-radius: 5px; padding: 0.4rem 0.55rem; background: #fff; max-width: 100%; }
input[type="radio"] { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }
button { background: var(--accent); color: #fff; border: 0; border-radius: 5px; padding: 0.55rem 1.1rem; justify-self: start; cursor: pointer; min-height: 2.6rem; }
button:disabled { background: #7b8794; cursor: default; }
:focus-visible { outline: 3px solid #7cc0cc; outline-offset: 2px; }
section { margin: 1.25rem 0 0; }
section .said { margin-left: 0; }
.propose { margin-left: 0; }
.closed { padding-top: 18vh; text-align: center; }
@media (max-width: 32rem) {
  .row { flex-wrap: wrap; }
  .what { flex-basis: calc(100% - 2.1rem); }
  .day { max-width: none; margin-left: 2.1rem; text-align: left; }
  .said, details { margin-left: 0; }
}
@media print {
  .no-print, .lang { display: none; }
  body { font-size: 11pt; }
  header, main { max-width: none; padding: 0; }
}
`
