import { createTheme, defaultVariantColorsResolver, parseThemeColor } from '@mantine/core'
import type { CSSVariablesResolver, MantineColorsTuple, VariantColorsResolver } from '@mantine/core'
import { DARK, LIGHT } from '@sente/picture'
import type { Palette } from '@sente/picture'

/** The one accent, from the picture: deep water. Shade 8 carries white text, shade 3 stands on dark ground. */
const tide: MantineColorsTuple = [
  '#eef6f9',
  '#dcebf0',
  '#bcdbe5',
  '#8fc7d8',
  '#6fc3dc',
  '#3f9db9',
  '#2a86a3',
  '#1b738f',
  '#10637d',
  '#0b4c61',
]
const red: MantineColorsTuple = [
  '#fdf0ee',
  '#fae0dc',
  '#f4c0b8',
  '#ee9b8f',
  '#ff8672',
  '#e0604d',
  '#d04735',
  '#c83a28',
  '#bf2f1f',
  '#94241a',
]
const gray: MantineColorsTuple = [
  '#f6f8f9',
  '#eef2f3',
  '#e1e6e8',
  '#d3dadd',
  '#b9c3c8',
  '#96a3a9',
  '#74828a',
  '#5a666c',
  '#39444a',
  '#1b2225',
]
const dark: MantineColorsTuple = [
  '#e8edee',
  '#cfd8db',
  '#a9b6bb',
  '#84939a',
  '#55636a',
  '#3a464c',
  '#232c30',
  '#14191b',
  '#0f1315',
  '#0a0d0e',
]

/** Mantine looks at the shade of the light theme only to say which words stand on a filled button; in the dark one the shade is light. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input)
  if (input.variant !== 'filled') return colours
  const { isThemeColor, shade } = parseThemeColor({
    color: input.color ?? input.theme.primaryColor,
    theme: input.theme,
  })
  return isThemeColor && shade === undefined ? { ...colours, color: 'var(--s-on-fill)' } : colours
}

const LATIN = "'Inter Variable'"
const STACK =
  "'Noto Sans SC Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', sans-serif"

export const theme = createTheme({
  primaryColor: 'tide',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { tide, red, gray, dark },
  variantColorResolver,
  black: LIGHT.ink,
  fontFamily: `${LATIN}, ${STACK}`,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Noto Sans SC Variable', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  // By name: naming the components themselves would bring the code of all of them along with the first screen.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    // The head of a dialog is no head of the page.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Paper: { defaultProps: { withBorder: true, radius: 'lg' } },
    Popover: { defaultProps: { shadow: 'md', radius: 'md' } },
    Select: { defaultProps: { checkIconPosition: 'right', allowDeselect: false } },
    Table: { defaultProps: { borderColor: 'var(--s-hair)' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 350, multiline: true, maw: 320, withArrow: true } },
  },
})

/** The picture's colours as variables, so that everything drawn beside it has the same ones. */
function variables(palette: Palette): Record<string, string> {
  const { phases, ...colours } = palette
  const named = Object.entries(colours).map(([name, value]): [string, string] => [`--s-${name}`, value])
  return Object.fromEntries([...named, ...phases.map((value, i): [string, string] => [`--s-phase-${i}`, value])])
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--s-accent-soft': 'color-mix(in srgb, var(--s-accent) 12%, transparent)' },
  light: {
    ...variables(LIGHT),
    '--s-ground': '#f6f8f9',
    '--s-on-fill': '#ffffff',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-error': 'var(--mantine-color-red-8)',
  },
  dark: {
    ...variables(DARK),
    '--s-ground': '#0f1315',
    '--s-on-fill': '#0f1315',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-default-border': '#2b3539',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
})
