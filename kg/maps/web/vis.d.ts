/** The part of vis-network that is used, for the type checker alone. */
declare namespace vis {
  class DataSet {
    constructor(items: any[]);
    add(items: any[]): void;
  }
  class Network {
    constructor(container: HTMLElement, data: { nodes: DataSet; edges: DataSet }, options: any);
    body: any;
    on(event: string, listener: (given: any) => void): void;
    redraw(): void;
    unselectAll(): void;
    getScale(): number;
    DOMtoCanvas(place: { x: number; y: number }): { x: number; y: number };
    moveTo(options: { position?: { x: number; y: number }; offset?: { x: number; y: number }; scale?: number; animation?: any }): void;
  }
}
