"""The lists of words of DataCite's schema 4.5 that records are held to."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DATES = _words("Accepted Available Copyrighted Collected Created Issued Submitted Updated Valid Withdrawn Other")
KINDS = _words(
    "Audiovisual Book BookChapter Collection ComputationalNotebook ConferencePaper "
    "ConferenceProceeding DataPaper Dataset Dissertation Event Image Instrument InteractiveResource "
    "Journal JournalArticle Model OutputManagementPlan PeerReview PhysicalObject Preprint Report "
    "Service Software Sound Standard StudyRegistration Text Workflow Other"
)
IDENTIFIERS = _words(
    "ARK arXiv bibcode DOI EAN13 EISSN Handle IGSN ISBN ISSN ISTC LISSN LSID PMID PURL UPC URL URN w3id"
)
RELATIONS = _words(
    "IsCitedBy Cites IsCollectedBy Collects IsSupplementTo IsSupplementedBy IsContinuedBy Continues "
    "IsDescribedBy Describes HasMetadata IsMetadataFor HasVersion IsVersionOf IsNewVersionOf IsPartOf "
    "IsPreviousVersionOf IsPublishedIn HasPart IsReferencedBy References IsDocumentedBy Documents "
    "IsCompiledBy Compiles IsVariantFormOf IsOriginalFormOf IsIdenticalTo IsReviewedBy Reviews "
    "IsDerivedFrom IsSourceOf IsRequiredBy Requires IsObsoletedBy Obsoletes"
)
ROLES = _words(
    "ContactPerson DataCollector DataCurator DataManager Distributor Editor HostingInstitution "
    "Producer ProjectLeader ProjectManager ProjectMember RegistrationAgency RegistrationAuthority "
    "RelatedPerson Researcher ResearchGroup RightsHolder Sponsor Supervisor WorkPackageLeader Other"
)
FUNDERS = frozenset(("ISNI", "GRID", "Crossref Funder ID", "ROR", "Other"))
