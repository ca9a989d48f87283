/** Takes the code of functions from a bucket that the deployment names, in place of the one that `cdk bootstrap` makes. */
import { type FileAssetLocation, type ISynthesisSession, StackSynthesizer } from 'aws-cdk-lib';

export class CodeInBucket extends StackSynthesizer {
  readonly #bucketName: string;
  readonly #objectKey: string;

  constructor(bucketName: string, objectKey: string) {
    super();
    this.#bucketName = bucketName;
    this.#objectKey = objectKey;
  }

  /** All functions are in one zip. */
  override addFileAsset(): FileAssetLocation {
    const httpUrl = `https://${this.#bucketName}.s3.amazonaws.com/${this.#objectKey}`;
    const s3ObjectUrl = `s3://${this.#bucketName}/${this.#objectKey}`;
    return { bucketName: this.#bucketName, objectKey: this.#objectKey, httpUrl, s3ObjectUrl };
  }

  override addDockerImageAsset(): never {
    throw new Error('the template has no place for images');
  }

  override synthesize(session: ISynthesisSession): void {
    this.synthesizeTemplate(session);
    this.emitArtifact(session);
  }
}
