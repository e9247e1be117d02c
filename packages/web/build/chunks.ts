import type { Rolldown } from 'vite'

/** In bytes before they are made small: modules of less than this join their neighbours, since a request costs more than what they add. */
const SMALL = 3500

/**
 * Which modules share a file. Left alone, the bundler gives each set of parts that use the same modules a file of its own, also where one of
 * them is the program, which is there anyway: sixty requests before a deal's page stands, six at a time. So what the program stands on is one
 * file. The program itself is another, which hardly a part asks for anything: it names all parts and is new with each version, and they need not be.
 */
export const chunks: Rolldown.CodeSplittingOptions = {
  groups: [
    {
      name: 'base',
      tags: ['$initial'],
      test: (id) => !/\/packages\/web\/(index\.html|src\/(app|features)\/)/.test(id),
      priority: 1,
    },
    { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: SMALL },
  ],
}

/** A shared file is called after all who share it: too long for the page that names it. */
const short = (name: string | undefined): string => (name?.startsWith('shared~') ? 'shared' : '[name]')
export const chunkFileNames = ({ name }: { name: string }): string => `assets/${short(name)}-[hash].js`
export const assetFileNames = ({ names }: { names: string[] }): string => `assets/${short(names[0])}-[hash][extname]`
