declare module 'pouchdb-core'
declare module 'pouchdb-adapter-leveldb'
declare module 'pouchdb-replication'
declare module 'jaro-winkler' {
  export default function jaroWinkler(first: string, second: string): number
}
