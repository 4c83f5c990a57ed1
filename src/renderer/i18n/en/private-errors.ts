export const privateErrors = {
  'private-closed': {
    what: 'The page has closed by itself.',
    todo: 'Type your password again. Nothing that was saved is lost.',
  },
  'private-no-key': {
    what: 'Your password does not open these notes.',
    todo: 'Ask the other person who keeps these notes to give you access, or type the page’s paper code.',
  },
  'private-damaged': {
    what: 'The file of the notes is damaged or comes from another computer.',
    todo: 'Delete nothing. A backup copy of this computer also holds this file.',
  },
  'private-full': {
    what: 'There is no room left in the notes.',
    todo: 'Delete notes whose support has ended, then try again. Nothing was changed.',
  },
  'private-not-an-address': {
    what: 'This file is not a focal point’s address.',
    todo: 'Ask the other focal point to save their address under “Files”, then choose that file.',
  },
  'private-file-damaged': {
    what: 'This file is not a talk handed over, or it is damaged.',
    todo: 'Ask for it to be handed over again. Nothing was changed.',
  },
  'private-file-not-for-you': {
    what: 'This file is sealed for somebody else, or for your former address.',
    todo: 'Give the other focal point your address of today; they will seal the file again. Nothing was changed.',
  },
  'private-already-here': {
    what: 'This talk is already in your notes.',
    todo: 'Nothing was changed. Find it by its code.',
  },
} as const
