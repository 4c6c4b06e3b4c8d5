use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail, ensure};

use super::super::table::{ByHand, FILE, Kind, Operation, Schema, Table, Union};

/// The named types of the table, and what follows from where they are used.
#[derive(Debug)]
pub(crate) struct Catalog<'a> {
    pub(crate) table: &'a Table,
    /// The objects that have a Rust type, in the order in which they are defined.
    pub(crate) objects: Vec<Object<'a>>,
    /// The module of every named type.
    modules: BTreeMap<&'a str, &'a str>,
    /// The named types that occur in a request.
    requests: BTreeSet<&'a str>,
    /// The named types that occur in an answer.
    responses: BTreeSet<&'a str>,
    /// The fields that hold the tag, by the objects of unions.
    tags: BTreeMap<&'a str, &'a str>,
}

/// An object with its Rust type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object<'a> {
    pub(crate) rust: &'a str,
    pub(crate) module: &'a str,
    pub(crate) doc: &'a str,
    pub(crate) schema: &'a Schema,
    /// The name in `types`, where the object has one.
    name: Option<&'a str>,
}

impl<'a> Catalog<'a> {
    pub(crate) fn new(table: &'a Table) -> Result<Self> {
        let mut catalog = Self {
            table,
            objects: Vec::new(),
            modules: BTreeMap::new(),
            requests: BTreeSet::new(),
            responses: BTreeSet::new(),
            tags: BTreeMap::new(),
        };
        for listed in &table.enums {
            catalog.name(&listed.rust, &listed.module)?;
        }
        for union in &table.unions {
            let is_body = table.operations.iter().any(|it| it.rust == union.rust);
            if !is_body {
                catalog.name(&union.rust, &union.module)?;
            }
        }
        for operation in &table.operations {
            let module = operation.module();
            catalog.name(&operation.rust, module)?;
            catalog.collect(&operation.body, module, None)?;
            catalog.collect(&operation.response, module, None)?;
        }
        for (name, schema) in &table.types {
            let module = schema.module.as_deref().unwrap_or_default();
            catalog.collect(schema, module, Some(name))?;
        }
        for module in &table.modules {
            for rust in &module.types_by_hand {
                catalog.modules.entry(rust).or_insert(&module.name);
            }
        }
        let (mut requests, mut responses) = (BTreeSet::new(), BTreeSet::new());
        let (mut in_requests, mut in_responses) = (BTreeSet::new(), BTreeSet::new());
        for operation in &table.operations {
            catalog.mark(&operation.body, &mut requests, &mut in_requests)?;
            catalog.mark(&operation.response, &mut responses, &mut in_responses)?;
        }
        catalog.requests = requests;
        catalog.responses = responses;
        Ok(catalog)
    }

    fn name(&mut self, rust: &'a str, module: &'a str) -> Result<()> {
        ensure!(
            self.table.modules.iter().any(|known| known.name == module),
            "{FILE}: {rust} is in the module {module:?}, which `modules` does not list"
        );
        let other = self.modules.insert(rust, module);
        ensure!(other.is_none(), "{FILE}: two types are called {rust}");
        Ok(())
    }

    /// Collects the objects that a schema defines, itself first.
    fn collect(
        &mut self,
        schema: &'a Schema,
        module: &'a str,
        name: Option<&'a str>,
    ) -> Result<()> {
        for object in &schema.union {
            let tag = schema.tag.as_deref().unwrap_or("type");
            self.table.object(object)?;
            self.tags.insert(object, tag);
        }
        if let (Some(rust), Some(doc)) = (&schema.rust, schema.definition()) {
            self.name(rust, module)?;
            self.objects.push(Object {
                rust,
                module,
                doc,
                schema,
                name,
            });
        }
        for inner in schema.inner() {
            self.collect(inner, module, None)?;
        }
        Ok(())
    }

    /// Marks the named types that a schema holds, itself included.
    fn mark(
        &self,
        schema: &'a Schema,
        marked: &mut BTreeSet<&'a str>,
        seen: &mut BTreeSet<&'a str>,
    ) -> Result<()> {
        marked.extend(schema.rust.as_deref());
        for name in schema.reference.iter().chain(&schema.union) {
            if seen.insert(name) {
                self.mark(self.table.object(name)?, marked, seen)?;
            }
        }
        for inner in schema.inner() {
            self.mark(inner, marked, seen)?;
        }
        Ok(())
    }

    /// Returns the module of a named type.
    pub(crate) fn module(&self, rust: &str) -> Option<&'a str> {
        self.modules.get(rust).copied()
    }

    /// Returns whether a named type occurs in a request, so that it is written and checked
    /// strictly.
    pub(crate) fn is_request(&self, rust: &str) -> bool {
        self.requests.contains(rust)
    }

    /// Returns whether unknown fields of an object are refused: an answer tolerates them.
    pub(crate) fn denies_unknown(&self, object: &Object<'_>) -> bool {
        let is_answer = self.responses.contains(object.rust);
        object.schema.strict && self.is_request(object.rust) && !is_answer
    }

    /// Returns the field that holds the tag of an object, which is the business of its union.
    pub(crate) fn tag(&self, object: &Object<'a>) -> Option<&'a str> {
        let schema = object.schema;
        let has_tag = schema.tag_value.is_some() || !schema.tag_values.is_empty();
        has_tag.then(|| self.union_tag(object.name.unwrap_or_default()))
    }

    /// Returns the field that tells the objects of a union apart, by one of its objects.
    pub(crate) fn union_tag(&self, object: &str) -> &'a str {
        self.tags.get(object).copied().unwrap_or("type")
    }

    pub(crate) fn object(&self, rust: &str) -> Option<&Object<'a>> {
        self.objects.iter().find(|object| object.rust == rust)
    }

    /// Returns what describes the body of an operation: itself, or the object that it names.
    pub(crate) fn body(&self, operation: &'a Operation) -> &'a Schema {
        let named = operation.body.reference.as_ref();
        named
            .and_then(|name| self.table.types.get(name))
            .unwrap_or(&operation.body)
    }

    /// Returns what describes the struct with this name.
    fn schema(&self, rust: &str) -> Option<&'a Schema> {
        if let Some(object) = self.object(rust) {
            return Some(object.schema);
        }
        let mut operations = self.table.operations.iter();
        let operation = operations.find(|it| it.rust == rust && it.is_body());
        operation.map(|operation| self.body(operation))
    }

    pub(crate) fn union(&self, rust: &str) -> Option<&'a Union> {
        self.table.unions.iter().find(|union| union.rust == rust)
    }

    /// Returns the Rust type of a value, without `Option` around it.
    pub(crate) fn rust_type(&self, schema: &Schema) -> Result<String> {
        if let Some(rust) = &schema.rust {
            return Ok(rust.clone());
        }
        if let Some(name) = &schema.reference {
            let object = self.table.object(name)?;
            let rust = object.rust.clone();
            return rust.with_context(|| format!("{FILE}: {name} has no `rust`"));
        }
        Ok(match schema.r#type {
            Some(Kind::String) => "String".to_owned(),
            Some(Kind::Integer) => "u32".to_owned(),
            Some(Kind::Number) => "f64".to_owned(),
            Some(Kind::Boolean) => "bool".to_owned(),
            Some(Kind::Array) => format!("Vec<{}>", self.inner_type(schema.items.as_deref())?),
            Some(Kind::Map) => {
                let values = self.inner_type(schema.values.as_deref())?;
                format!("BTreeMap<String, {values}>")
            }
            Some(Kind::Object) | None => bail!("{FILE}: {} has no `rust`", schema.name),
        })
    }

    fn inner_type(&self, schema: Option<&Schema>) -> Result<String> {
        schema.map_or_else(|| Ok("Json".to_owned()), |schema| self.rust_type(schema))
    }

    /// Returns the Rust type of what an operation answers.
    pub(crate) fn response_type(&self, operation: &Operation) -> Result<String> {
        let rust = self
            .rust_type(&operation.response)
            .with_context(|| format!("the answer of {}", operation.id))?;
        Ok(match operation.response.envelope.as_deref() {
            Some("list") => format!("Page<{rust}>"),
            _ => rust,
        })
    }

    /// Returns whether values of a type can be compared with `Eq`.
    pub(crate) fn is_eq(&self, rust_type: &str) -> bool {
        self.is_eq_but(rust_type, &mut BTreeSet::new())
    }

    fn is_eq_but(&self, rust_type: &str, seen: &mut BTreeSet<String>) -> bool {
        let mut names = rust_type.split(|c: char| !c.is_alphanumeric() && c != '_');
        names.all(|name| match name {
            "f64" | "Json" => false,
            _ if !seen.insert(name.to_owned()) => true,
            _ => match (self.union(name), self.schema(name)) {
                (Some(union), _) => {
                    !union.open
                        && union.variants.iter().all(|variant| {
                            let object = self.table.types.get(&variant.r#type);
                            object.is_none_or(|object| self.is_schema_eq(object, seen))
                        })
                }
                (None, Some(schema)) => self.is_schema_eq(schema, seen),
                (None, None) => true,
            },
        })
    }

    fn is_schema_eq(&self, schema: &Schema, seen: &mut BTreeSet<String>) -> bool {
        schema.fields.iter().flatten().all(|field| {
            let rust_type = self.rust_type(field).unwrap_or_default();
            self.is_eq_but(&rust_type, seen)
        })
    }
}

impl Object<'_> {
    pub(crate) fn is_by_hand(&self, part: ByHand) -> bool {
        self.schema.by_hand.contains(&part)
    }
}
