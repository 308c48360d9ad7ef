"""A university that vouches for its people by SAML: signed answers as its identity provider would send them."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from onelogin.saml2.utils import OneLogin_Saml2_Utils as saml

ENTITY = "https://idp.uni.example"
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="r1" Version="2.0"
 IssueInstant="{now}" Destination="{acs}" InResponseTo="{request}">
<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{entity}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}
</samlp:Response>"""
ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a1" Version="2.0"
 IssueInstant="{now}">
<saml:Issuer>{entity}</saml:Issuer><saml:Subject><saml:NameID>{subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{later}" Recipient="{acs}" InResponseTo="{request}"/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{earlier}" NotOnOrAfter="{later}"><saml:AudienceRestriction>
<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}"><saml:AuthnContext><saml:AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""
ATTRIBUTE = '<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'


class University:
    def __init__(self):
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.uni.example")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder(name, name, self._key.public_key(), 1, now, now + timedelta(days=1))
        self.certificate = made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    def answer(self, address, subject, **attributes):
        """What the browser posts back, after it was sent to ``address`` and the person signed in."""
        asked = zlib.decompress(base64.b64decode(parse_qs(urlsplit(address).query)["SAMLRequest"][0]), -15)
        request = ElementTree.fromstring(asked)
        acs, now = request.get("AssertionConsumerServiceURL"), datetime.now(UTC)
        instants = {"now": now, "earlier": now - timedelta(minutes=1), "later": now + timedelta(minutes=5)}
        told = {name: instant.strftime("%Y-%m-%dT%H:%M:%SZ") for name, instant in instants.items()}
        told |= {"acs": acs, "audience": acs.replace("/acs/", "/metadata/"), "entity": ENTITY, "subject": subject}
        told |= {"request": request.get("ID")}
        statements = [ATTRIBUTE.format(name=name, value=value) for name, value in attributes.items()]
        assertion = ASSERTION.format(attributes="".join(statements), **told)
        response = RESPONSE.format(assertion=self._signed(assertion), **told)
        return {"SAMLResponse": base64.b64encode(response.encode()).decode()}

    def _signed(self, xml):
        coding = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return saml.add_sign(xml, self._key.private_bytes(*coding).decode(), self.certificate).decode()
