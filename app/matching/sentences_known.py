"""The sentences for each reason. "You" is the one who reads; no sentence names a person."""

# Long because it is one table of sentences in four languages.

NATURES = {
    "fr": {
        "goods": "fournitures",
        "services": "services",
        "works": "travaux",
        "staff": "mise à disposition de personnel",
    },
    "de": {"goods": "Waren", "services": "Dienstleistungen", "works": "Bauleistungen", "staff": "Personal"},
    "en": {"goods": "goods", "services": "services", "works": "works", "staff": "staff"},
    "es": {"goods": "suministros", "services": "servicios", "works": "obras", "staff": "personal"},
}

SENTENCES: dict[str, dict[str, str]] = {
    # what one needs and the other offers
    "need-met-same": {
        "fr": "Propose ce que vous cherchez ({text}) : {theirs} – {offer}.",
        "de": "Bietet, was Sie suchen ({text}): {theirs} – {offer}.",
        "en": "Offers what you look for ({text}): {theirs} – {offer}.",
        "es": "Ofrece lo que busca ({text}): {theirs} – {offer}.",
    },
    "need-met-near": {
        "fr": "Propose quelque chose de proche de ce que vous cherchez ({text}) : {theirs} – {offer}.",
        "de": "Bietet etwas, das dem nahekommt, was Sie suchen ({text}): {theirs} – {offer}.",
        "en": "Offers something near what you look for ({text}): {theirs} – {offer}.",
        "es": "Ofrece algo cercano a lo que busca ({text}): {theirs} – {offer}.",
    },
    "offer-wanted-same": {
        "fr": "Cherche ce que vous proposez ({text}) : {theirs} – {need}.",
        "de": "Sucht, was Sie anbieten ({text}): {theirs} – {need}.",
        "en": "Looks for what you offer ({text}): {theirs} – {need}.",
        "es": "Busca lo que usted ofrece ({text}): {theirs} – {need}.",
    },
    "offer-wanted-near": {
        "fr": "Cherche quelque chose de proche de ce que vous proposez ({text}) : {theirs} – {need}.",
        "de": "Sucht etwas, das dem nahekommt, was Sie anbieten ({text}): {theirs} – {need}.",
        "en": "Looks for something near what you offer ({text}): {theirs} – {need}.",
        "es": "Busca algo cercano a lo que usted ofrece ({text}): {theirs} – {need}.",
    },
    "same-nature": {
        "fr": "Le même genre de prestation : {natures}.",
        "de": "Die gleiche Art der Leistung: {natures}.",
        "en": "The same kind of provision: {natures}.",
        "es": "El mismo tipo de prestación: {natures}.",
    },
    # where
    "area-served": {
        "fr": "Intervient là où vous en avez besoin ({areas}).",
        "de": "Ist dort tätig, wo Sie Bedarf haben ({areas}).",
        "en": "Works where you need it ({areas}).",
        "es": "Trabaja donde usted lo necesita ({areas}).",
    },
    "area-not-served": {
        "fr": "Dit n’intervenir que dans d’autres secteurs géographiques ({areas}).",
        "de": "Ist nach eigener Angabe nur in anderen Gebieten tätig ({areas}).",
        "en": "Says that it works in other areas only ({areas}).",
        "es": "Dice que solo trabaja en otras zonas ({areas}).",
    },
    "same-place": {
        "fr": "Tout près de chez vous : {place}.",
        "de": "Ganz in Ihrer Nähe: {place}.",
        "en": "Close to you: {place}.",
        "es": "Muy cerca de usted: {place}.",
    },
    "same-region": {
        "fr": "Dans la même région, de part et d’autre de la frontière : {place}.",
        "de": "In derselben Grenzregion: {place}.",
        "en": "In the same border region: {place}.",
        "es": "En la misma región fronteriza: {place}.",
    },
    "same-country": {
        "fr": "Dans le même pays : {place}.",
        "de": "Im selben Land: {place}.",
        "en": "In the same country: {place}.",
        "es": "En el mismo país: {place}.",
    },
    "elsewhere": {
        "fr": "Plus loin : {place}.",
        "de": "Weiter entfernt: {place}.",
        "en": "Further away: {place}.",
        "es": "Más lejos: {place}.",
    },
    # language
    "language-shared": {
        "fr": "Une langue en commun : {languages}.",
        "de": "Eine gemeinsame Sprache: {languages}.",
        "en": "A language in common: {languages}.",
        "es": "Un idioma en común: {languages}.",
    },
    "language-interpreted": {
        "fr": "Sans langue commune ({languages} – {others}), mais un interprète est là.",
        "de": "Keine gemeinsame Sprache ({languages} – {others}), aber es wird gedolmetscht.",
        "en": "No language in common ({languages} – {others}), but there is an interpreter.",
        "es": "Sin idioma común ({languages} – {others}), pero hay intérprete.",
    },
    "language-none": {
        "fr": "Ni langue commune ni interprète : {languages} – {others}.",
        "de": "Weder gemeinsame Sprache noch Dolmetscher: {languages} – {others}.",
        "en": "Neither a language in common nor an interpreter: {languages} – {others}.",
        "es": "Ni idioma común ni intérprete: {languages} – {others}.",
    },
    # labels
    "label-held": {
        "fr": "Titulaire du label que vous demandez : {labels}.",
        "de": "Hat das Label, das Sie verlangen: {labels}.",
        "en": "Holds the label that you ask for: {labels}.",
        "es": "Tiene la etiqueta que usted pide: {labels}.",
    },
    "label-expired": {
        "fr": "Le label demandé n’est plus valable à la date de l’événement : {labels}.",
        "de": "Das verlangte Label ist am Tag der Veranstaltung abgelaufen: {labels}.",
        "en": "The label asked for has expired by the day of the event: {labels}.",
        "es": "La etiqueta pedida habrá caducado el día del evento: {labels}.",
    },
    "label-missing": {
        "fr": "N’a pas indiqué le label que vous demandez : {labels}.",
        "de": "Hat das verlangte Label nicht angegeben: {labels}.",
        "en": "Has not stated the label that you ask for: {labels}.",
        "es": "No ha indicado la etiqueta que usted pide: {labels}.",
    },
    "label-besides": {
        "fr": "Labels en cours de validité : {labels}.",
        "de": "Gültige Labels: {labels}.",
        "en": "Labels in force: {labels}.",
        "es": "Etiquetas en vigor: {labels}.",
    },
    # what they are
    "reservable": {
        "fr": "Vous pouvez lui réserver un marché ({type}) : {article}.",
        "de": "Sie können ihm einen Auftrag vorbehalten ({type}): {article}.",
        "en": "You can reserve a contract for it ({type}): {article}.",
        "es": "Usted puede reservarle un contrato ({type}): {article}.",
    },
    "reservable-if": {
        "fr": "Vous pourriez lui réserver un marché ({type}), sous conditions : {article}.",
        "de": "Sie könnten ihm einen Auftrag vorbehalten ({type}), unter Bedingungen: {article}.",
        "en": "You could reserve a contract for it ({type}), on conditions: {article}.",
        "es": "Usted podría reservarle un contrato ({type}), con condiciones: {article}.",
    },
    "reservable-for-you": {
        "fr": "Peut vous réserver un marché ({type}) : {article}.",
        "de": "Kann Ihnen einen Auftrag vorbehalten ({type}): {article}.",
        "en": "Can reserve a contract for you ({type}): {article}.",
        "es": "Puede reservarle a usted un contrato ({type}): {article}.",
    },
    "reservable-if-for-you": {
        "fr": "Pourrait vous réserver un marché ({type}), sous conditions : {article}.",
        "de": "Könnte Ihnen einen Auftrag vorbehalten ({type}), unter Bedingungen: {article}.",
        "en": "Could reserve a contract for you ({type}), on conditions: {article}.",
        "es": "Podría reservarle a usted un contrato ({type}), con condiciones: {article}.",
    },
    "social-enterprise": {
        "fr": "Une entreprise de l’économie sociale et solidaire.",
        "de": "Ein Unternehmen der Sozial- und Solidarwirtschaft.",
        "en": "A social enterprise.",
        "es": "Una empresa de la economía social y solidaria.",
    },
    "meets-social-enterprises": {
        "fr": "Vient rencontrer des entreprises sociales comme la vôtre.",
        "de": "Kommt, um Sozialunternehmen wie Ihres zu treffen.",
        "en": "Comes to meet social enterprises like yours.",
        "es": "Viene a conocer empresas sociales como la suya.",
    },
    "cross-border": {
        "fr": "Une rencontre transfrontalière : {country} – {other}.",
        "de": "Ein Treffen über die Grenze: {country} – {other}.",
        "en": "A meeting across a border: {country} – {other}.",
        "es": "Un encuentro transfronterizo: {country} – {other}.",
    },
    # what an authority may do for a need
    "advice-reserve-all": {
        "fr": "{text} : le marché peut être réservé en entier ({eligible} fournisseurs éligibles sur {offering}).",
        "de": "{text}: der ganze Auftrag kann vorbehalten werden ({eligible} von {offering} Anbietern kommen infrage).",
        "en": "{text}: the whole contract can be reserved ({eligible} of {offering} suppliers are eligible).",
        "es": "{text}: se puede reservar el contrato entero ({eligible} de {offering} proveedores cumplen).",
    },
    "advice-reserve-lots": {
        "fr": "{text} : des lots peuvent être réservés ({eligible} fournisseurs éligibles sur {offering}).",
        "de": "{text}: einzelne Lose können vorbehalten werden ({eligible} von {offering} Anbietern kommen infrage).",
        "en": "{text}: lots can be reserved ({eligible} of {offering} suppliers are eligible).",
        "es": "{text}: se pueden reservar lotes ({eligible} de {offering} proveedores cumplen).",
    },
    "advice-social-clause": {
        "fr": "{text} : plutôt une clause sociale ; aucun fournisseur éligible n’est connu parmi {offering}.",
        "de": "{text}: eher eine soziale Klausel; unter {offering} Anbietern ist keiner sicher zulässig.",
        "en": "{text}: rather a social clause; none of {offering} suppliers is known to be eligible.",
        "es": "{text}: mejor una cláusula social; no se conoce ningún proveedor admisible entre {offering}.",
    },
    "advice-none": {
        "fr": "{text} : rien à réserver ; aucune entreprise sociale ne le propose ici.",
        "de": "{text}: nichts vorzubehalten; kein Sozialunternehmen bietet es hier an.",
        "en": "{text}: nothing to reserve; no social enterprise offers it here.",
        "es": "{text}: nada que reservar; ninguna empresa social lo ofrece aquí.",
    },
    "advice-not-known": {
        "fr": "{text} : le droit applicable n’est pas connu ici ; le pays de l’acheteur manque.",
        "de": "{text}: das geltende Recht ist hier nicht bekannt; das Land des Auftraggebers fehlt.",
        "en": "{text}: the law that applies is not known here; the buyer's country is missing.",
        "es": "{text}: no se conoce aquí la ley aplicable; falta el país del comprador.",
    },
    # wishes
    "wish-mutual": {
        "fr": "Vous avez demandé cette rencontre, et l’autre aussi.",
        "de": "Sie haben sich dieses Treffen gewünscht, und die andere Seite auch.",
        "en": "You asked for this meeting, and so did the other side.",
        "es": "Usted pidió este encuentro, y la otra parte también.",
    },
    "wish-yours": {
        "fr": "Vous avez demandé cette rencontre.",
        "de": "Sie haben sich dieses Treffen gewünscht.",
        "en": "You asked for this meeting.",
        "es": "Usted pidió este encuentro.",
    },
    "wish-theirs": {
        "fr": "L’autre partie a demandé cette rencontre.",
        "de": "Die andere Seite hat sich dieses Treffen gewünscht.",
        "en": "The other side asked for this meeting.",
        "es": "La otra parte pidió este encuentro.",
    },
    "suggested": {
        "fr": "Personne n’a demandé cette rencontre ; elle est proposée pour les raisons qui suivent.",
        "de": "Niemand hat sich dieses Treffen gewünscht; es wird aus den folgenden Gründen vorgeschlagen.",
        "en": "Nobody asked for this meeting; it is suggested for the reasons that follow.",
        "es": "Nadie pidió este encuentro; se propone por las razones siguientes.",
    },
}
