/**
 * Walks over values of any depth.
 *
 * A leaf is everything but an object or an array; attributes count as parts of the object that has their key.
 */

/**
 * The kind of a step into an array.
 *
 * @example
 * import ARRAY_TYPE from dw::util::Tree
 * ---
 * ARRAY_TYPE
 * @result
 * "Array"
 */
var ARRAY_TYPE: "Array" = "Array"

/**
 * The kind of a step to an attribute.
 *
 * @example
 * import ATTRIBUTE_TYPE from dw::util::Tree
 * ---
 * ATTRIBUTE_TYPE
 * @result
 * "Attribute"
 */
var ATTRIBUTE_TYPE: "Attribute" = "Attribute"

/**
 * The kind of a step into an object.
 *
 * @example
 * import OBJECT_TYPE from dw::util::Tree
 * ---
 * OBJECT_TYPE
 * @result
 * "Object"
 */
var OBJECT_TYPE: "Object" = "Object"

/**
 * The way from the root of a value to a place in it.
 *
 * @example
 * import * from dw::util::Tree
 * ---
 * [{kind: OBJECT_TYPE, selector: "shelf", namespace: null}, {kind: ARRAY_TYPE, selector: 0, namespace: null}] is Path
 * @result
 * true
 */
type Path = Array<PathElement>

/**
 * One step of a path: into an object by name, into an array by position, or to an attribute by name.
 *
 * @example
 * import * from dw::util::Tree
 * ---
 * {kind: "Object", selector: "shelf"} is PathElement
 * @result
 * false
 */
type PathElement = {| kind: "Object" | "Attribute" | "Array", selector: String | Number, namespace: Namespace | Null |}

/**
 * Writes a path the way selectors are written.
 *
 * @param path  the path
 * @return its steps: `.name`, `[0]`, `.@name`
 * @example
 * import * from dw::util::Tree
 * ---
 * asExpressionString([
 *   {kind: OBJECT_TYPE, selector: "shelves", namespace: null},
 *   {kind: ARRAY_TYPE, selector: 2, namespace: null},
 *   {kind: ATTRIBUTE_TYPE, selector: "no", namespace: null}
 * ])
 * @result
 * ".shelves[2].@no"
 */
fun asExpressionString(path: Path): String = (path map ((step) -> step.kind match {
    case "Array" -> "[$(step.selector)]"
    case "Attribute" -> ".@$(step.selector)"
    else -> ".$(step.selector)"
})) joinBy ""

/**
 * Takes items out of arrays, at any depth, that are leaves and fail a test. Nothing else changes.
 *
 * @param value  the value
 * @param criteria  takes a leaf and its path
 * @return the value without these items
 * @example
 * import filterArrayLeafs from dw::util::Tree
 * ---
 * {low: [1, 2], all: [3, [1, 4]], one: 1} filterArrayLeafs $ > 1
 * @result
 * {low: [2], all: [3, [4]], one: 1}
 */
fun filterArrayLeafs(value: Any, criteria: (value: Any, path: Path) -> Boolean): Any = native("Tree::filterArrayLeafs")

/**
 * Takes fields and attributes out of objects, at any depth, that are leaves and fail a test. Nothing else changes.
 *
 * @param value  the value
 * @param criteria  takes a leaf and its path
 * @return the value without these fields
 * @example
 * import filterObjectLeafs from dw::util::Tree
 * ---
 * {name: "Ann", phone: null, home: {street: null, no: 4}, tags: [null]} filterObjectLeafs $ != null
 * @result
 * {name: "Ann", home: {no: 4}, tags: [null]}
 */
fun filterObjectLeafs(value: Any, criteria: (value: Any, path: Path) -> Boolean): Any = native("Tree::filterObjectLeafs")

/**
 * Takes everything out of a value, at any depth, that fails a test, along with all that is in it.
 *
 * The root itself is not tested; what becomes empty stays.
 *
 * @param value  the value
 * @param criteria  takes a part and its path
 * @return the rest
 * @example
 * import filterTree from dw::util::Tree
 * ---
 * {a: 1, b: {a: 2, c: [2, 3]}} filterTree ((value, path) -> value != 2)
 * @result
 * {a: 1, b: {c: [3]}}
 */
fun filterTree(value: Any, criteria: (value: Any, path: Path) -> Boolean): Any = native("Tree::filterTree")

/**
 * Whether a path ends in an array.
 *
 * @param path  the path
 * @return whether its last step is a position
 * @example
 * import * from dw::util::Tree
 * ---
 * [isArrayType([{kind: ARRAY_TYPE, selector: 0, namespace: null}]), isArrayType([])]
 * @result
 * [true, false]
 */
fun isArrayType(path: Path): Boolean = path[-1].kind == "Array"

/**
 * Whether a path ends at an attribute.
 *
 * @param path  the path
 * @return whether its last step is an attribute's name
 * @example
 * import * from dw::util::Tree
 * ---
 * isAttributeType([{kind: ATTRIBUTE_TYPE, selector: "no", namespace: null}])
 * @result
 * true
 */
fun isAttributeType(path: Path): Boolean = path[-1].kind == "Attribute"

/**
 * Whether a path ends in an object.
 *
 * @param path  the path
 * @return whether its last step is a field's name
 * @example
 * import * from dw::util::Tree
 * ---
 * isObjectType([{kind: OBJECT_TYPE, selector: "shelf", namespace: null}])
 * @result
 * true
 */
fun isObjectType(path: Path): Boolean = path[-1].kind == "Object"

/**
 * Replaces every leaf of a value, at any depth, attributes included.
 *
 * @param value  the value
 * @param callback  takes a leaf and its path, gives what to put there
 * @return the value with the new leaves
 * @example
 * import mapLeafValues from dw::util::Tree
 * ---
 * {name: "ann", tags: ["new", "blue"]} mapLeafValues upper($)
 * @result
 * {name: "ANN", tags: ["NEW", "BLUE"]}
 * @example [by path]
 * import * from dw::util::Tree
 * ---
 * {a: [7, {b: 8}]} mapLeafValues ((value, path) -> asExpressionString(path))
 * @result
 * {a: [".a[0]", {b: ".a[1].b"}]}
 */
fun mapLeafValues(value: Any, callback: (value: Any, path: Path) -> Any): Any = native("Tree::mapLeafValues")

/**
 * Whether some part of a value passes a test. Stops at the first that does.
 *
 * The root itself is tested only if it is a leaf.
 *
 * @param value  the value
 * @param callback  takes a part and its path
 * @return whether one passes
 * @example
 * import nodeExists from dw::util::Tree
 * ---
 * {a: 1, b: {c: [2, 3]}} nodeExists $ == 3
 * @result
 * true
 */
fun nodeExists(value: Any, callback: (value: Any, path: Path) -> Boolean): Boolean = native("Tree::nodeExists")
