/**
 * Functions that change single places in a value.
 */
import Path, PathElement, mapLeafValues from dw::util::Tree

/**
 * What waits for the function that gives the new value, as the right side of `with`.
 *
 * @example
 * import * from dw::util::Values
 * var discount: UpdaterValueProvider<Object> = {price: 20} update "price"
 * ---
 * discount((old, index) -> old - 5)
 * @result
 * {price: 15}
 */
type UpdaterValueProvider<ReturnType> = (newValueProvider: (oldValue: Any, index: Number) -> Any) -> ReturnType

/**
 * Makes the step of a path that leads to an attribute.
 *
 * @param namespace  the attribute's namespace; none given stands for any
 * @param name  its name
 * @return the step
 * @example
 * import * from dw::util::Values
 * var box = {box @(unit: "kg"): 7} update ["box", attr("unit")] with upper($)
 * ---
 * box.box.@unit
 * @result
 * "KG"
 */
fun attr(namespace: Namespace | Null = null, name: String): PathElement = {kind: "Attribute", namespace: namespace, selector: name}

/**
 * Makes the step of a path that leads to a field.
 *
 * @param namespace  the field's namespace; none given stands for any
 * @param name  its name
 * @return the step
 * @example
 * import field from dw::util::Values
 * ---
 * field("price")
 * @result
 * {kind: "Object", namespace: null, selector: "price"}
 */
fun field(namespace: Namespace | Null = null, name: String): PathElement = {kind: "Object", namespace: namespace, selector: name}

/**
 * Makes the step of a path that leads to an item of an array.
 *
 * @param index  its position, from 0
 * @return the step
 * @example
 * import * from dw::util::Values
 * ---
 * {prices: [4, 5]} update ["prices", index(1)] with 0
 * @result
 * {prices: [4, 0]}
 */
fun index(index: Number): PathElement = {kind: "Array", namespace: null, selector: index}

/** `null` stays `null`. */
fun mask(value: Null, fieldName: String | Number | PathElement): (newValueProvider: (oldValue: Any, path: Path) -> Any) -> Null =
    (newValueProvider: (oldValue: Any, path: Path) -> Any) -> null

/**
 * Replaces simple values that stand under a name or position, at any depth. Use it with `with`.
 *
 * @param value  the value
 * @param selector  the step to look for: what `field`, `attr` or `index` give
 * @return a function that takes the function that gives the new value for an old one and its path
 * @example
 * import * from dw::util::Values
 * ---
 * {user: "ann", card: {no: "4711", cvc: 12}, old: [{no: "0815"}]} mask field("no") with "****"
 * @result
 * {user: "ann", card: {no: "****", cvc: 12}, old: [{no: "****"}]}
 */
fun mask(value: Any, selector: PathElement): (newValueProvider: (oldValue: Any, path: Path) -> Any) -> Any =
    (newValueProvider: (oldValue: Any, path: Path) -> Any) -> mapLeafValues(value, (leaf, path) -> do {
        var step = path[-1]
        var sameName = step.kind == selector.kind and step.selector == selector.selector
        ---
        if (sameName and (selector.namespace == null or step.namespace == selector.namespace)) newValueProvider(leaf, path) else leaf
    })

/** Replaces simple values of the fields with this name. */
fun mask(value: Any, fieldName: String): (newValueProvider: (oldValue: Any, path: Path) -> Any) -> Any = mask(value, field(fieldName))

/** Replaces simple values that stand at this position of an array. */
fun mask(value: Any, i: Number): (newValueProvider: (oldValue: Any, path: Path) -> Any) -> Any = mask(value, index(i))

/**
 * Replaces what stands at one place of a value. Use it with `with`.
 *
 * Nothing is added: where the place does not exist, the value stays as it is. A name on an array stands for that name
 * in each of its items; all fields of the same name are replaced.
 *
 * @param objectValue  the value
 * @param fieldName  a name, a position, a step made by `field`, `attr` or `index`, or an array of them
 * @return a function that takes the function that gives the new value for an old one and its position
 * @example
 * import update from dw::util::Values
 * ---
 * {name: "lamp", price: 20} update "price" with $ * 2
 * @result
 * {name: "lamp", price: 40}
 * @example [along a path]
 * import update from dw::util::Values
 * ---
 * {items: [{price: 20}, {price: 5}]} update ["items", "price"] with $ + 1
 * @result
 * {items: [{price: 21}, {price: 6}]}
 */
fun update(objectValue: Object, fieldName: String): UpdaterValueProvider<Object> = native("Values::update")

/** Replaces the fields that the step names. */
fun update(objectValue: Object, fieldName: PathElement): UpdaterValueProvider<Object> = native("Values::update")

/** Replaces the item at this position. */
fun update(arrayValue: Array, indexToUpdate: Number): UpdaterValueProvider<Array> = native("Values::update")

/** Replaces the fields of this name in each item. */
fun update(arrayValue: Array, indexToUpdate: String): UpdaterValueProvider<Array> = native("Values::update")

/** Replaces the item or the fields of each item that the step names. */
fun update(arrayValue: Array, indexToUpdate: PathElement): UpdaterValueProvider<Array> = native("Values::update")

/** Replaces what the path leads to. */
fun update(value: Array | Object | Null, path: Array<String | Number | PathElement>): UpdaterValueProvider<Array | Object | Null> = native("Values::updatePath")

/** `null` stays `null`. */
fun update(value: Null, toUpdate: Number | String | PathElement): UpdaterValueProvider<Null> = native("Values::update")
